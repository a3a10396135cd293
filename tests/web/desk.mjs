// What the scenarios share: a browser, a page of somebody who is signed in, and the judges that look at
// every page: axe-core, the width of the screen, and the Content-Security-Policy.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const BASE = process.env.WEB_BASE;
const PASSWORD = process.env.WEB_PASSWORD;
const SHOTS = process.env.WEB_SHOTS;
const WAIT_MS = 20_000;

export const LAPTOP = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

mkdirSync(SHOTS, { recursive: true });

// Runs one scenario in a browser of its own; whatever the page complains of fails it.
export async function scenario(act) {
  const browser = await chromium.launch({
    executablePath: process.env.WEB_CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  try {
    await act(new Desk(browser));
  } finally {
    await browser.close();
  }
}

export class Desk {
  constructor(browser) {
    this.browser = browser;
  }

  // A browser profile of its own, as a colleague at another desk has.
  async open(options = {}) {
    const context = await this.browser.newContext({
      viewport: LAPTOP,
      locale: "nl-NL",
      timezoneId: "Europe/Amsterdam",
      reducedMotion: "reduce",
      ...options,
    });
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    page.complaints = [];
    page.on("pageerror", (error) => page.complaints.push(`error: ${error.message}`));
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) page.complaints.push(message.text());
    });
    return page;
  }

  async signIn(user, options = {}) {
    const page = await this.open(options);
    await page.goto(BASE + (options.path ?? "/"));
    await signInForm(page, user);
    await page.getByRole("heading", { level: 1, name: options.title ?? "Vandaag" }).waitFor();
    return page;
  }
}

export async function signInForm(page, user, password = PASSWORD) {
  await page.getByLabel(/^(Gebruikersnaam|User name)$/).fill(user);
  await page.getByLabel(/^(Wachtwoord|Password)$/).fill(password);
  await page.getByRole("button", { name: /^(Aanmelden|Sign in)$/ }).click();
}

// The list is there: cards, or the word that there are none.
export async function listed(page) {
  await page.locator(".samenvatting").waitFor();
}

export async function judge(page, name) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (rules) => window.axe.run(document, { runOnly: { type: "tag", values: rules } }),
    RULES,
  );
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((n) => n.html.slice(0, 160)).join(" | ")}`,
  );
  assert.deepEqual(found, [], `axe on ${name}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${name} is ${wide} pixels wider than its screen`);
  assert.deepEqual(page.complaints, [], `complaints of ${name}`);
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

export const notice = (page, text) => page.locator(".melding", { hasText: text }).waitFor();
export const card = (page, address) => page.locator(".taak", { hasText: address });
export const tab = (page, name) => page.locator("label.keuze", { hasText: name }).first().click();
export const pick = (page, group, name) =>
  page.getByRole("group", { name: group }).locator("label", { hasText: name }).first().click();
