// English as the second language: the whole morning, and Dutch again.

import assert from "node:assert/strict";
import { BASE, judge, listed, notice, pick, scenario, tab } from "./desk.mjs";

await scenario(async (desk) => {
  const page = await desk.open();
  await page.goto(BASE);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  await judge(page, "english-sign-in");
  await page.getByLabel("User name").fill("s.algra");
  await page.getByLabel("Password").fill("wrong on purpose");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("The user name or the password is not right.").waitFor();
  await judge(page, "english-sign-in-refused");
  await page.getByLabel("Password").fill(process.env.WEB_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");

  await tab(page, "Of the team");
  await page.locator(".taak").first().waitFor();
  await judge(page, "english-today");
  await page.getByRole("button", { name: "Take the next one" }).click();
  await notice(page, "You took this task.");
  await page.getByRole("heading", { name: "Earlier cases" }).waitFor();
  await judge(page, "english-household");
  await pick(page, "What did you do?", "Telephone");
  await pick(page, "Did you reach anybody?", "No, not reached");
  await page.getByRole("button", { name: "Save contact attempt" }).click();
  await notice(page, "The contact attempt is saved.");
  await tab(page, "Outcome");
  await judge(page, "english-outcome");

  // The choice stays on the device.
  await page.goto(`${BASE}/route`);
  await page.getByRole("heading", { level: 1, name: "Today’s route" }).waitFor();
  await page.getByRole("button", { name: "Nederlands" }).click();
  await page.getByRole("heading", { level: 1, name: "Route van vandaag" }).waitFor();
  await page.goto(BASE);
  await listed(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "nl");
});
