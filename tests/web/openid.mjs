// Somebody signs in at the municipality's own provider; comes back refused; and in mid-work has to sign in
// once more, in another window, without losing the page.

import assert from "node:assert/strict";
import { BASE, judge, LAPTOP, PHONE, scenario } from "./desk.mjs";

// oidc-provider's own pages for development: a name, any password, and consent.
async function atProvider(page, name) {
  await page.getByPlaceholder("Enter any login").fill(name);
  await page.getByPlaceholder("and password").fill("x");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

await scenario(async (desk) => {
  const page = await desk.open();
  await page.goto(BASE);
  const button = page.getByRole("link", { name: "Inloggen met gemeente Leeuwarden" });
  await button.waitFor();
  for (const [size, name] of [[PHONE, "telefoon"], [LAPTOP, "laptop"]]) {
    await page.setViewportSize(size);
    await judge(page, `aanmelden-gemeente-${name}`);
  }
  await button.click();
  await atProvider(page, "niemand");
  await page.getByText("maar u mag Vroegsein niet gebruiken").waitFor();
  await judge(page, "aanmelden-geweigerd");

  await page.context().clearCookies();
  await button.click();
  await atProvider(page, "coba");
  await page.getByRole("heading", { level: 1, name: "Vandaag" }).waitFor();
  assert.equal(new URL(page.url()).search, "");
  await page.getByRole("link", { name: "Mijn account" }).click();
  await page.getByText("Coba").first().waitFor();
  assert.equal(await page.getByLabel("Huidig wachtwoord").count(), 0, "there is no password here to change");

  // The session ends while the page stands open.
  const mine = (await page.context().cookies(BASE)).filter(({ name }) => name !== "vroegsein_sessie");
  await page.context().clearCookies();
  await page.context().addCookies(mine);
  await page.getByRole("link", { name: "Route" }).click();
  await page.getByRole("heading", { name: "Meld u opnieuw aan" }).waitFor();
  await judge(page, "opnieuw-aanmelden-gemeente");
  await page.getByRole("button", { name: "Ik ben aangemeld" }).click();
  await page.getByText("U bent nog niet aangemeld.").waitFor();
  const [other] = await Promise.all([
    page.context().waitForEvent("page"),
    page.getByRole("link", { name: /Aanmelden in een nieuw venster/ }).click(),
  ]);
  await other.getByRole("heading", { level: 1, name: "Vandaag" }).waitFor();
  await other.close();
  await page.getByRole("button", { name: "Ik ben aangemeld" }).click();
  // The page stood behind the dialog all the while: the dialog goes when the server has answered.
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.getByRole("heading", { level: 1, name: /Route/ }).waitFor();

  // Signing out here is signing out there: the next one at this screen is asked who it is.
  await page.getByRole("button", { name: "Afmelden" }).click();
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await button.waitFor();
  assert.equal(new URL(page.url()).pathname, "/");
  await button.click();
  await page.getByPlaceholder("Enter any login").waitFor();
});
