// The morning of a worker: look, search, keep a filter, pull a household, write down, undo, close, go out.

import assert from "node:assert/strict";
import { BASE, judge, listed, notice, pick, scenario, tab } from "./desk.mjs";

await scenario(async (desk) => {
  const door = await desk.open();
  await door.goto(BASE);
  await door.getByRole("heading", { level: 1, name: "Aanmelden" }).waitFor();
  await judge(door, "aanmelden");

  const page = await desk.signIn("d.wagenaar");
  await listed(page);
  await tab(page, "Van het team");
  await page.locator(".taak").nth(2).waitFor();
  await judge(page, "vandaag");

  // Search: the address of the second card finds it, and is in no address bar.
  const total = await page.locator(".taak").count();
  const wanted = await page.locator(".taak__adres").nth(1).innerText();
  await page.getByLabel("Zoeken").fill(wanted);
  await page.waitForFunction((before) => {
    const now = document.querySelectorAll(".taak").length;
    return now > 0 && now < before;
  }, total);
  assert.ok((await page.locator(".taak__adres").allInnerTexts()).includes(wanted));
  assert.ok(!decodeURIComponent(page.url()).includes(wanted.split(" ")[0]));
  await page.getByLabel("Zoeken").fill("bestaatnietstraat");
  await page.getByText("Geen huishoudens gevonden.").waitFor();
  await judge(page, "vandaag-niets-gevonden");
  await page.getByLabel("Zoeken").fill("");
  await page.locator(".taak").nth(total - 1).waitFor();

  // A filter, kept and shared with the team.
  await page.getByText("Filters", { exact: true }).click();
  await page.getByLabel("Status").selectOption("open");
  await page.getByRole("button", { name: "Bewaar deze filters" }).click();
  await page.getByLabel("Naam van het filter").fill("Nog te verdelen");
  await page.getByLabel("Deel met mijn team").check();
  await judge(page, "vandaag-filters");
  await page.getByRole("button", { name: "Bewaren", exact: true }).click();
  await notice(page, "is bewaard");
  const colleague = await desk.signIn("r.brouwer");
  await colleague.getByLabel("Bewaarde filters").selectOption({ label: "Nog te verdelen (gedeeld)" });
  await colleague.waitForURL(/status=open/);
  await colleague.locator(".taak").first().waitFor();
  await page.getByRole("button", { name: "Filters wissen" }).click();

  // Pull the next household.
  await page.getByRole("button", { name: "Pak de volgende" }).click();
  await notice(page, "U hebt deze taak opgepakt.");
  await page.getByRole("heading", { name: "Eerdere zaken" }).waitFor();
  await judge(page, "huishouden");

  // A contact attempt in three taps, with a next step.
  await page.getByRole("button", { name: "Contactpoging opslaan" }).click();
  await page.getByText("Kies wat u deed en of u iemand bereikte.").waitFor();
  await judge(page, "contactpoging-fout");
  await pick(page, "Wat deed u?", "Huisbezoek");
  await pick(page, "Hebt u iemand bereikt?", "Nee, niet bereikt");
  await page.getByLabel("Volgende stap", { exact: true }).selectOption("Telefoon");
  await page.getByRole("button", { name: "Morgen" }).click();
  await judge(page, "contactpoging");
  await page.getByRole("button", { name: "Contactpoging opslaan" }).click();
  await notice(page, "De contactpoging is opgeslagen.");
  await page.locator(".tijdlijn__punt--attempt").waitFor();
  await page.locator(".gegevens", { hasText: "Volgende stap" }).waitFor();

  // Undo it, and do it again.
  await page.locator(".melding").getByRole("button", { name: "Ongedaan maken" }).click();
  await notice(page, "ongedaan gemaakt");
  await page.locator(".tijdlijn__punt--attempt").waitFor({ state: "detached" });
  await pick(page, "Wat deed u?", "Telefoon");
  await pick(page, "Hebt u iemand bereikt?", "Ja, bereikt");
  // Its answer is lost on the way: saved once more, it counts once.
  const lost = async (route) => {
    await route.fetch();
    await route.abort();
  };
  await page.route("**/contactpogingen", lost, { times: 1 });
  await page.getByRole("button", { name: "Contactpoging opslaan" }).click();
  await notice(page, "geen verbinding");
  await page.getByRole("button", { name: "Contactpoging opslaan" }).click();
  await page.locator(".tijdlijn__punt--attempt").waitFor();
  assert.equal(await page.locator(".tijdlijn__punt--attempt").count(), 1);

  // A note, kept while typed.
  await tab(page, "Notitie");
  await page.getByLabel("Notitie", { exact: true }).last().fill("Wil graag hulp bij de post.");
  await page.getByText("Concept bewaard").waitFor();
  await judge(page, "notitie");
  await page.getByRole("button", { name: "Notitie opslaan" }).click();
  await page.locator(".notitie", { hasText: "Wil graag hulp bij de post." }).waitFor();

  // Today's route, on the screen and on paper.
  await page.goto(`${BASE}/route`);
  await page.getByRole("heading", { level: 1, name: "Route van vandaag" }).waitFor();
  await page.getByText("Al mijn adressen", { exact: true }).click();
  await page.locator(".halte").first().waitFor();
  await judge(page, "route");
  await page.emulateMedia({ media: "print" });
  await judge(page, "route-afdruk");
  await page.emulateMedia({ media: "screen" });

  // The outcome asks once more, since the partners hear it; it can be taken back for a while.
  await page.locator(".halte a").first().click();
  await tab(page, "Eindresultaat");
  await page.getByRole("button", { name: "Verder" }).click();
  await page.getByText("Kies hoe het is afgelopen.").waitFor();
  await page.getByText("Krijgt hulp bij geldzaken of is daarnaar verwezen").click();
  await page.getByRole("button", { name: "Over 3 maanden" }).click();
  await judge(page, "eindresultaat");
  await page.getByRole("button", { name: "Verder" }).click();
  await page.getByRole("dialog", { name: "Zaak afsluiten?" }).waitFor();
  await judge(page, "eindresultaat-vraag");
  await page.getByRole("dialog").getByRole("button", { name: "Zaak afsluiten" }).click();
  await notice(page, "De zaak is afgesloten.");
  await page.locator(".tijdlijn__punt--closed").waitFor();
  await page.getByRole("button", { name: "Eindresultaat ongedaan maken" }).click();
  await notice(page, "ongedaan gemaakt");
  await page.locator(".tijdlijn__punt--closed").waitFor({ state: "detached" });
  await tab(page, "Eindresultaat");
  await page.getByText("Krijgt hulp bij geldzaken of is daarnaar verwezen").click();
  await page.getByRole("button", { name: "Over 3 maanden" }).click();
  await page.getByRole("button", { name: "Verder" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Zaak afsluiten" }).click();
  await page.locator(".tijdlijn__punt--closed").waitFor();
  await page.locator(".gegevens", { hasText: "Nazorg" }).waitFor();
  await judge(page, "huishouden-afgesloten");

  await page.goto(`${BASE}/account`);
  await page.getByRole("heading", { level: 1, name: "Mijn account" }).waitFor();
  await judge(page, "account");
  await page.getByRole("button", { name: "Afmelden" }).click();
  await page.getByRole("heading", { level: 1, name: "Aanmelden" }).waitFor();
});
