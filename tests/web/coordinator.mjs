// The morning of a coordinator: see the load, divide what is nobody's, take over for who is absent.

import assert from "node:assert/strict";
import { BASE, judge, listed, notice, scenario } from "./desk.mjs";

await scenario(async (desk) => {
  const page = await desk.signIn("k.coordinator");
  await listed(page);
  await page.locator(".taak").nth(5).waitFor();

  // Paging: the second page comes behind the first.
  const first = await page.locator(".taak").count();
  await page.getByRole("button", { name: "Meer laden" }).click();
  await page.locator(".taak").nth(first).waitFor();

  // Bulk: two households of nobody to one worker; a colleague is faster with one of them.
  await page.goto(`${BASE}/?van=team&team=noord&status=open`);
  await page.locator(".taak").nth(2).waitFor();
  const boxes = page.locator(".taak input[type=checkbox]");
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByLabel("Toewijzen aan").selectOption("n.visser");
  await judge(page, "toewijzen");
  const href = await page.locator(".taak__adres a").nth(0).getAttribute("href");
  const faster = await desk.signIn("b.smit");
  await faster.goto(BASE + href);
  // The coordinator's list must not be refreshed in between: it is what was seen that counts.
  await page.route("**/v1/taken?*", (route) => route.abort());
  await faster.getByRole("button", { name: "Oppakken", exact: true }).click();
  await notice(faster, "U hebt deze taak opgepakt.");
  await page.getByRole("button", { name: "Toewijzen", exact: true }).click();
  await notice(page, "1 taak is toegewezen. 1 taak is niet toegewezen");
  await page.unroute("**/v1/taken?*");
  await faster.reload();
  await faster.locator(".gegevens", { hasText: "Bea Smit" }).waitFor();

  // The coordinator's page.
  await page.getByRole("link", { name: "Coördinator" }).click();
  await page.getByRole("heading", { level: 1, name: "Coördinator" }).waitFor();
  await page.locator(".cijfer").first().waitFor();
  await page.locator(".tweeluik").waitFor();
  await judge(page, "coordinator");

  // Everything of an absent colleague goes to another one.
  const from = page.getByLabel("Van", { exact: true });
  await from.selectOption("b.smit");
  const held = Number(/\((\d+)\)/.exec(await from.locator("option:checked").innerText())[1]);
  assert.ok(held >= 1);
  await page.getByLabel("Naar", { exact: true }).selectOption("e.rijpma");
  await page.getByRole("button", { name: "Alles overdragen" }).click();
  await notice(page, `${held} ${held === 1 ? "taak is" : "taken zijn"} overgedragen.`);
  await faster.locator(".gegevens", { hasText: "Eelke Rijpma" }).waitFor();

  // What is late, in one click.
  await page.getByRole("link", { name: "Te laat" }).click();
  await page.waitForURL(/teLaat=ja/);
  await page.locator(".taak").first().waitFor();
});
