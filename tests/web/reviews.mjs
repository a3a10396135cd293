// The review list: two households side by side, one answer with a reason, and the way back; and on the
// page of a household who belongs to it and why.

import assert from "node:assert/strict";
import { BASE, judge, notice, PHONE, scenario } from "./desk.mjs";

const REASON = "Gebeld met de bewoner";
const review = (page, name) => page.locator(".beoordeling", { hasText: name });
const answered = (page, name) => page.locator(".beantwoord", { hasText: name });

async function answer(page, name, verdict) {
  const card = review(page, name);
  await card.locator("label.keuze", { hasText: verdict }).click();
  await card.getByLabel("Waarom?").fill(REASON);
  await card.getByRole("button", { name: "Antwoord opslaan" }).click();
  await answered(page, name).waitFor();
  assert.equal(await review(page, name).count(), 0, "what was answered is not asked again");
  const focused = await page.evaluate(() => document.activeElement.textContent);
  assert.equal(focused, "Net beantwoord");
}

await scenario(async (desk) => {
  const page = await desk.signIn("k.coordinator");

  // While it loads, and when it fails.
  await page.route("**/v1/beoordelingen?*", (route) => route.abort());
  await page.getByRole("link", { name: "Beoordelen" }).click();
  await page.getByRole("alert").waitFor();
  await judge(page, "te-beoordelen-geen-verbinding");
  await page.unroute("**/v1/beoordelingen?*");
  await page.getByRole("button", { name: "Probeer opnieuw" }).click();

  const feddema = review(page, "Feddema");
  await feddema.getByRole("row", { name: /Adres/ }).getByText("647").waitFor();
  await feddema.getByRole("row", { name: /Telefoon niet te vergelijken/ }).waitFor();
  await feddema.getByText("Dit wijst op één persoon: achternaam (gelijk)").waitFor();
  await judge(page, "te-beoordelen");

  // Nothing goes without an answer and a reason.
  await feddema.getByRole("button", { name: "Antwoord opslaan" }).click();
  await feddema.getByText("Kies ja of nee.").waitFor();
  await feddema.getByText("Schrijf op waarom.").waitFor();
  await judge(page, "te-beoordelen-fout");

  // A colleague's list follows by itself.
  const colleague = await desk.signIn("k.coordinator", { path: "/beoordelen", title: "Te beoordelen" });
  await review(colleague, "Feddema").waitFor();
  await answer(page, "Feddema", "Ja, één huishouden");
  await review(colleague, "Feddema").waitFor({ state: "detached" });
  await review(colleague, "Okafor").waitFor();
  await colleague.close();
  await answered(page, "Feddema").getByText("Het is nu één huishouden.").waitFor();
  await answer(page, "Okafor", "Nee, twee huishoudens");
  await answered(page, "Okafor").getByRole("button", { name: "Toch één huishouden" }).click();
  await answered(page, "Okafor").getByText("Het is toch één huishouden.").waitFor();
  await judge(page, "te-beoordelen-beantwoord");

  // With the keyboard alone: the first radio of a pair, its reason, and Enter.
  const third = review(page, "Zonderland");
  await third.getByRole("radio").first().focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.type(REASON);
  await page.keyboard.press("Enter");
  await answered(page, "Zonderland").waitFor();
  await answered(page, "Zonderland").getByRole("button", { name: "Toch twee huishoudens" }).press("Enter");
  await answered(page, "Zonderland").getByText("Het zijn weer twee huishoudens.").waitFor();

  // On the page of the household: who, why, since when; and apart again.
  await page.goto(`${BASE}/?van=team`);
  await page.getByLabel("Zoeken").fill("Feddema");
  const found = page.locator(".taak", { hasText: "Feddema" });
  await found.first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll(".taak").length === 1);
  await found.locator(".taak__adres a").click();
  await page.getByRole("heading", { name: "Wie hoort bij dit huishouden?" }).waitFor();
  await page.getByText("Waarom bij elkaar?").click();
  await page.getByText("J.P. Feddema en J.P. Feddema").waitFor();
  await page.getByText("Wat er veranderde").click();
  await page.getByText(REASON).waitFor();
  await judge(page, "huishouden-wie");
  await page.getByRole("button", { name: "Weer uit elkaar halen" }).click();
  await judge(page, "huishouden-uit-elkaar");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Weer uit elkaar halen" }).click();
  await dialog.getByText("Schrijf op waarom.").waitFor();
  await dialog.getByLabel("Waarom?").fill("Zijn toch twee gezinnen");
  await dialog.getByRole("button", { name: "Weer uit elkaar halen" }).click();
  await notice(page, "Het zijn nu twee huishoudens.");
  await page.getByText("Zijn toch twee gezinnen").waitFor();

  // The fourth pair on a phone, in English; and when nothing is left.
  await page.setViewportSize(PHONE);
  await page.goto(`${BASE}/beoordelen`);
  await page.getByRole("button", { name: "English" }).click();
  await review(page, "Yilmazer").waitFor();
  await judge(page, "te-beoordelen-telefoon-engels");
  await page.route("**/v1/beoordelingen?*", (route) =>
    route.fulfill({ json: { beoordelingen: [], _links: { self: { href: "/v1/beoordelingen" } } } }),
  );
  await page.reload();
  await page.getByText("There is nothing to review.").waitFor();
  await judge(page, "te-beoordelen-leeg");

  // It is a coordinator's: others are told that there is no such page.
  const worker = await desk.signIn("a.postma");
  assert.equal(await worker.getByRole("link", { name: "Beoordelen" }).count(), 0);
  await worker.goto(`${BASE}/beoordelen`);
  await worker.getByRole("heading", { name: "Deze bladzijde bestaat niet." }).waitFor();
});
