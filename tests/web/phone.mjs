// A phone of 360 pixels in the hallway: every page fits, and everything can be hit with a thumb.

import assert from "node:assert/strict";
import { BASE, judge, listed, notice, PHONE, pick, scenario, tab } from "./desk.mjs";

const TARGET_PIXELS_MIN = 24; // WCAG 2.2's minimum; WCAG 2.1 AA has none

async function targetsAreLarge(page, name) {
  const small = await page.evaluate((least) => {
    const inText = (element) => element.closest("p, li") && element.tagName === "A";
    return [...document.querySelectorAll("a, button, select, summary, label.keuze, label.vinkje")]
      .filter((element) => element.checkVisibility() && !inText(element))
      .filter((element) => !element.matches(".utrecht-skip-link"))
      .map((element) => [element.outerHTML.slice(0, 120), element.getBoundingClientRect()])
      .filter(([, box]) => box.height < least || box.width < least)
      .map(([html]) => html);
  }, TARGET_PIXELS_MIN);
  assert.deepEqual(small, [], name);
}

await scenario(async (desk) => {
  const phone = { viewport: PHONE, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
  const page = await desk.signIn("j.zijlstra", phone);
  await tab(page, "Van het team");
  await page.locator(".taak").first().waitFor();
  await judge(page, "telefoon-vandaag");
  await targetsAreLarge(page, "vandaag");

  await page.getByRole("button", { name: "Pak de volgende" }).tap();
  await page.getByRole("heading", { name: "Eerdere zaken" }).waitFor();
  await judge(page, "telefoon-huishouden");
  await targetsAreLarge(page, "huishouden");
  assert.match(await page.locator(".snel a").last().getAttribute("href"), /^https:/);

  // Three taps: what, reached or not, save.
  await pick(page, "Wat deed u?", "Kaartje");
  await pick(page, "Hebt u iemand bereikt?", "Nee");
  await page.getByRole("button", { name: "Contactpoging opslaan" }).tap();
  await notice(page, "De contactpoging is opgeslagen.");
  await judge(page, "telefoon-opgeslagen");
  await tab(page, "Eindresultaat");
  await judge(page, "telefoon-eindresultaat");

  await page.goto(`${BASE}/route`);
  await page.getByText("Al mijn adressen", { exact: true }).tap();
  await page.locator(".halte").first().waitFor();
  await judge(page, "telefoon-route");
  await page.goto(`${BASE}/account`);
  await page.getByRole("heading", { level: 1, name: "Mijn account" }).waitFor();
  await judge(page, "telefoon-account");

  const lead = await desk.signIn("k.coordinator", phone);
  await listed(lead);
  await lead.getByText("Filters", { exact: true }).tap();
  await lead.locator(".taak input[type=checkbox]").first().check();
  await judge(lead, "telefoon-toewijzen");
  await lead.goto(`${BASE}/coordinator`);
  await lead.locator(".tweeluik").waitFor();
  await judge(lead, "telefoon-coordinator");
});
