// The Utrecht components that the screen uses, as thin as they can be: their class names, and the
// wiring of labels, hints and errors that a screen reader needs.

import {
  type ButtonHTMLAttributes,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { navigate } from "../state/router";
import { useTexts } from "../text/text";

type Look = "primary" | "secondary" | "subtle";

const LOOK: Record<Look, string> = {
  primary: "utrecht-button--primary-action",
  secondary: "utrecht-button--secondary-action",
  subtle: "utrecht-button--subtle",
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  busy?: boolean;
  danger?: boolean;
}

// Busy and disabled buttons keep the focus, and say why nothing happens.
export function Button({ look = "secondary", busy, danger, className = "", onClick, ...rest }: ButtonProps) {
  const classes = `utrecht-button ${LOOK[look]} ${danger ? "utrecht-button--danger" : ""} ${className}`;
  return (
    <button
      type="button"
      {...rest}
      className={classes}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    />
  );
}

interface AppLinkProps {
  to: string;
  className?: string;
  children: ReactNode;
  current?: boolean;
}

// A link within the screen: the browser's own keys (new tab, new window) keep working.
export function AppLink({ to, className = "", children, current }: AppLinkProps) {
  return (
    <a
      href={to}
      className={`utrecht-link utrecht-link--html-a ${className}`}
      aria-current={current ? "page" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </a>
  );
}

export function ExternalLink({ href, className = "", children }: { href: string; className?: string; children: ReactNode }) {
  const t = useTexts();
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className={`utrecht-link utrecht-link--html-a ${className}`}
    >
      {children}
      <span className="alleen-voorlezen"> {t.app.newWindow}</span>
    </a>
  );
}

interface FieldProps {
  label: string;
  hint?: string;
  error?: string | null | undefined;
  className?: string;
  children: (wiring: { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean }) => ReactNode;
}

export function Field({ label, hint, error, className = "", children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={`utrecht-form-field ${error ? "utrecht-form-field--invalid" : ""} ${className}`}>
      <label className="utrecht-form-label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <div id={`${id}-hint`} className="utrecht-form-field-description">
          {hint}
        </div>
      )}
      {error && (
        <div id={`${id}-error`} className="utrecht-form-field-error-message">
          {error}
        </div>
      )}
      {children({
        id,
        ...(described ? { "aria-describedby": described } : {}),
        ...(error ? { "aria-invalid": true } : {}),
      })}
    </div>
  );
}

type Common = { label: string; hint?: string; error?: string | null | undefined; fieldClass?: string };

export function TextField({
  label,
  hint,
  error,
  fieldClass,
  ...rest
}: Common & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field label={label} error={error} {...(hint ? { hint } : {})} {...(fieldClass ? { className: fieldClass } : {})}>
      {(wiring) => <input type="text" {...rest} {...wiring} className="utrecht-textbox utrecht-textbox--html-input" />}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  fieldClass,
  ...rest
}: Common & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field label={label} error={error} {...(hint ? { hint } : {})} {...(fieldClass ? { className: fieldClass } : {})}>
      {(wiring) => <textarea {...rest} {...wiring} className="utrecht-textarea utrecht-textarea--html-textarea" />}
    </Field>
  );
}

export function Select({
  label,
  hint,
  error,
  fieldClass,
  options,
  ...rest
}: Common & { options: [string, string][] } & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <Field label={label} error={error} {...(hint ? { hint } : {})} {...(fieldClass ? { className: fieldClass } : {})}>
      {(wiring) => (
        <select {...rest} {...wiring} className="utrecht-select utrecht-select--html-select">
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface ChoicesProps {
  legend: string;
  name: string;
  value: string;
  options: [string, string][];
  onChoose: (value: string) => void;
  list?: boolean; // one below the other, for long texts
  hideLegend?: boolean;
}

// Radio buttons that look like what a thumb can hit; the keyboard sees radio buttons.
export function Choices({ legend, name, value, options, onChoose, list, hideLegend }: ChoicesProps) {
  return (
    <fieldset className={`keuzes ${list ? "keuzes--lijst" : ""}`}>
      <legend className={hideLegend ? "alleen-voorlezen" : "utrecht-form-label"}>{legend}</legend>
      {options.map(([option, text]) => (
        <label key={option} className={`keuze ${option === value ? "keuze--gekozen" : ""}`}>
          <input
            type="radio"
            className="utrecht-radio-button utrecht-radio-button--html-input"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => onChoose(option)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface CheckProps extends InputHTMLAttributes<HTMLInputElement> {
  label: ReactNode;
  labelHidden?: boolean;
}

export function Check({ label, labelHidden, ...rest }: CheckProps) {
  return (
    <label className="vinkje">
      <input type="checkbox" {...rest} className="utrecht-checkbox utrecht-checkbox--html-input" />
      <span className={labelHidden ? "alleen-voorlezen" : ""}>{label}</span>
    </label>
  );
}

export function Badge({ kind, children }: { kind: "danger" | "warning" | "neutral" | "safe"; children: ReactNode }) {
  return <span className={`utrecht-badge-status utrecht-badge-status--${kind}`}>{children}</span>;
}

interface AlertProps {
  kind: "info" | "ok" | "warning" | "error";
  role?: "alert" | "status";
  children: ReactNode;
}

export function Alert({ kind, role, children }: AlertProps) {
  return (
    <div className={`utrecht-alert utrecht-alert--${kind}`} role={role}>
      <div className="utrecht-alert__content">{children}</div>
    </div>
  );
}
