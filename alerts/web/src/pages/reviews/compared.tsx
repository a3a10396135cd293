// Two descriptions side by side, and in words why it is not certain that they are one person.

import type { Client, Comparison } from "../../api/types";
import { useTexts } from "../../text/text";
import { chanceOf, comparedRows, likenessOf } from "../../words/likeness";

interface Props {
  comparison: Comparison;
  sides: [Client, Client];
}

// The roles are spelled out: on a phone the rows are laid out otherwise, which would take them away.
export function ComparedTable({ comparison, sides }: Props) {
  const t = useTexts();
  return (
    <table className="vergelijking" role="table">
      <caption className="alleen-voorlezen">{t.reviews.compared}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            <span className="alleen-voorlezen">{t.reviews.compared}</span>
          </th>
          {[1, 2].map((n) => (
            <th key={n} role="columnheader" scope="col">
              {t.reviews.person(n)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {comparedRows(comparison, sides, t).map(({ label, values, agreement }) => (
          <tr key={label} role="row">
            <th role="rowheader" scope="row">
              {label} <span className="vergelijking__hoe">{agreement}</span>
            </th>
            {values.map((value, side) => (
              <td key={side} role="cell">
                {value ?? <span className="klein">{t.reviews.unknown}</span>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function WhyDoubtful({ comparison, sides }: Props) {
  const t = useTexts();
  const sameAddress = sides[0].postcode === sides[1].postcode && sides[0].huisnummer === sides[1].huisnummer;
  const { speaksFor, speaksAgainst, missing, lookAt } = likenessOf(comparison, sameAddress, t);
  const lists: [string, string[]][] = [
    [t.reviews.speaksFor, speaksFor],
    [t.reviews.speaksAgainst, speaksAgainst],
    [t.reviews.missing, missing],
  ];
  return (
    <>
      <h3 className="utrecht-heading-3">{t.reviews.why}</h3>
      <p className="utrecht-paragraph">{t.reviews.chance(chanceOf(comparison))}</p>
      <ul className="regels">
        {lists
          .filter(([, words]) => words.length > 0)
          .map(([label, words]) => (
            <li key={label}>
              <strong>{label}</strong> {words.join(", ")}
            </li>
          ))}
      </ul>
      {lookAt.length > 0 && <p className="utrecht-paragraph klein">{t.reviews.lookAt(lookAt.join(", "))}</p>}
    </>
  );
}
