// Without a mouse: from signing in to a saved note, with Tab, arrows, Space and Enter only; the focus is
// always somewhere that can be seen.

import assert from "node:assert/strict";
import { BASE, notice, scenario } from "./desk.mjs";

const STEPS_MAX = 80;

const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const name = element.labels?.[0]?.innerText ?? element.getAttribute("aria-label") ?? element.innerText;
    const style = getComputedStyle(element);
    const holder = element.closest(".keuze") ?? element;
    const box = holder.getBoundingClientRect();
    return {
      tag: element.tagName,
      type: element.getAttribute("type"),
      name: (name ?? "").trim(),
      value: element.getAttribute("value"),
      ring: style.outlineStyle !== "none" || style.boxShadow !== "none",
      inView: box.bottom > 0 && box.top < window.innerHeight,
    };
  });

// Tab until the focus is on what has this name; on the way the ring must be visible everywhere.
async function tabTo(page, name, key = "Tab") {
  for (let step = 0; step < STEPS_MAX; step++) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (at.tag === "BODY") continue;
    assert.ok(at.ring, `no visible focus on ${at.tag} ${at.name}`);
    assert.ok(at.inView, `${at.tag} ${at.name} has the focus outside the screen`);
    if (name.test(at.name)) return at;
  }
  assert.fail(`${name} cannot be reached with ${key}`);
}

await scenario(async (desk) => {
  const page = await desk.open();
  await page.goto(BASE);
  await page.getByRole("heading", { name: "Aanmelden" }).waitFor();
  await tabTo(page, /^Gebruikersnaam/);
  await page.keyboard.type("a.kooistra");
  await tabTo(page, /^Wachtwoord/);
  await page.keyboard.type(process.env.WEB_PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Vandaag" }).waitFor();

  // The skip link is the first stop and leads past the menu.
  await page.evaluate(() => document.activeElement.blur());
  await page.goto(`${BASE}/?van=mijn`);
  await page.locator(".samenvatting").waitFor();
  assert.match((await tabTo(page, /./)).name, /Naar de inhoud/);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "inhoud");

  await tabTo(page, /^Mijn werk/);
  await page.keyboard.press("ArrowRight");
  await page.locator(".taak").first().waitFor();
  await tabTo(page, /^Oppakken/);
  await page.keyboard.press("Enter");
  await notice(page, "U hebt deze taak opgepakt.");
  await page.goto(`${BASE}/?van=mijn`);
  await page.locator(".taak").first().waitFor();
  const link = await page.locator(".taak__adres").first().innerText();
  await tabTo(page, new RegExp(`^${link}$`));
  await page.keyboard.press("Enter");
  await page.locator(".huishouden").waitFor();

  // A contact attempt: groups of radio buttons are one stop each, the arrows choose.
  await tabTo(page, /^Huisbezoek/);
  await page.keyboard.press("Space");
  await tabTo(page, /^Ja, bereikt/);
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, /^Contactpoging opslaan/);
  await page.keyboard.press("Enter");
  await page.locator(".tijdlijn__punt--attempt", { hasText: "niet bereikt" }).waitFor();

  // The outcome's window keeps the focus, and Escape gives it back.
  await tabTo(page, /^Contactpoging$/, "Shift+Tab");
  await page.keyboard.press("ArrowLeft");
  await tabTo(page, /^Heeft zelf betaald|^Krijgt hulp bij geldzaken/);
  await page.keyboard.press("Space");
  await tabTo(page, /^Verder$/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  const inside = await page.evaluate(() => document.querySelector("dialog").contains(document.activeElement));
  assert.ok(inside);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal((await focused(page)).name, "Verder");
});
