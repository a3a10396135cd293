// Two workers of one team at the same moment: each gets a household of the own, one wins a race, and
// both see what the other did without reloading.

import assert from "node:assert/strict";
import { BASE, listed, notice, scenario, tab } from "./desk.mjs";

await scenario(async (desk) => {
  const [gerda, sietse] = await Promise.all([desk.signIn("g.veenstra"), desk.signIn("s.jansma")]);

  await Promise.all(
    [gerda, sietse].map(async (page) => {
      await page.getByRole("button", { name: "Pak de volgende" }).click();
      await notice(page, "U hebt deze taak opgepakt.");
    }),
  );
  assert.notEqual(gerda.url(), sietse.url());
  assert.match(gerda.url(), /\/zaken\//);

  // One household on two screens: the second one hears that a colleague was first.
  for (const page of [gerda, sietse]) {
    await page.goto(`${BASE}/?van=team&status=open`);
    await listed(page);
    await page.locator(".taak").first().waitFor();
  }
  const href = await gerda.locator(".taak__adres a").first().getAttribute("href");
  await sietse.goto(BASE + href);
  await sietse.getByRole("button", { name: "Oppakken", exact: true }).waitFor();
  await sietse.route("**/v1/zaken/*", (route) => route.abort()); // her screen stays behind
  await gerda.locator(".taak").first().getByRole("button", { name: /Oppakken/ }).click();
  await notice(gerda, "U hebt deze taak opgepakt.");
  await sietse.getByRole("button", { name: "Oppakken", exact: true }).click();
  await notice(sietse, /van een collega|een collega was u voor/i);
  await sietse.unroute("**/v1/zaken/*");

  // Live: what Gerda gives back appears on Sietse's list by itself.
  await sietse.goto(`${BASE}/?van=team&status=open`);
  await listed(sietse);
  const mine = sietse.locator(`.taak a[href="${href}"]`);
  await mine.waitFor({ state: "detached" });
  await gerda.goto(BASE + href);
  await gerda.getByRole("button", { name: "Teruggeven", exact: true }).click();
  await notice(gerda, "De taak is terug bij het team.");
  await mine.waitFor();
  await notice(sietse, "nieuw of veranderd");
  await tab(sietse, "Mijn werk");
  await sietse.locator(".taak").first().waitFor();
});
