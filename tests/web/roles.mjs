// Who sees what: another team's household asks for a reason; a manager reads; a privacy officer reads who
// read; who has no screen is told so.

import assert from "node:assert/strict";
import { BASE, judge, PHONE, scenario } from "./desk.mjs";

await scenario(async (desk) => {
  const lead = await desk.signIn("k.coordinator");
  await lead.goto(`${BASE}/?van=team&team=zuid`);
  const link = lead.locator(".taak__adres a").first();
  await link.waitFor();
  const href = await link.getAttribute("href");
  const address = await link.innerText();

  const worker = await desk.signIn("a.postma");
  await worker.goto(BASE + href);
  await worker.getByRole("heading", { name: "Dit huishouden is van een ander team" }).waitFor();
  await judge(worker, "ander-team");
  await worker.getByLabel("Reden").fill("ja");
  await worker.getByRole("button", { name: "Openen" }).click();
  await worker.getByText("Schrijf een reden van 5 tekens of meer.").waitFor();
  await worker.getByLabel("Reden").fill("Overleg met het team over dit adres");
  await worker.getByRole("button", { name: "Openen" }).click();
  await worker.getByRole("heading", { level: 1, name: address }).waitFor();
  await worker.getByText("U kijkt mee bij een ander team.").waitFor();
  await worker.goto(`${BASE}/bestaat-niet`);
  await worker.getByRole("heading", { name: "Deze bladzijde bestaat niet." }).waitFor();
  await judge(worker, "bestaat-niet");

  const manager = await desk.signIn("m.manager", { title: "Werkvoorraad" });
  await manager.locator(".cijfer").first().waitFor();
  await manager.getByRole("heading", { name: "Terugkerende huishoudens" }).waitFor();
  assert.equal(await manager.locator("a[href^='/zaken/']").count(), 0, "a manager has numbers, and no households");
  await judge(manager, "manager");
  await manager.getByRole("link", { name: "Rapportage" }).click();
  await manager.getByText("van de afgeronde dreigingen").waitFor();
  await manager.getByRole("row", { name: /Centrum/ }).waitFor();
  await judge(manager, "rapportage");
  await manager.setViewportSize(PHONE);
  await judge(manager, "rapportage-telefoon");
  await manager.getByLabel("Tot en met").fill("2020-01-01");
  await manager.getByText("Kies twee dagen, de eerste niet na de laatste.").waitFor();

  const officer = await desk.signIn("p.officer", { title: "Toegangslog" });
  await officer.getByLabel("Gebruiker").fill("a.postma");
  await officer.getByRole("button", { name: "Tonen" }).click();
  await officer.getByText("Overleg met het team over dit adres").first().waitFor();
  await judge(officer, "toegangslog");

  const keeper = await desk.signIn("b.beheer", { title: "Voor uw rol is er geen scherm in Vroegsein." });
  await judge(keeper, "geen-scherm");
});
