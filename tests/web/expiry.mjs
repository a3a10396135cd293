// Nothing that was typed is lost: not to an expired session, a lost connection, or a closed page.

import assert from "node:assert/strict";
import { judge, notice, scenario, signInForm, tab } from "./desk.mjs";

const NOTE = "Mevrouw vertelde dat haar zoon de post";

// What the idle limit does, at once: the server forgets the session, the page does not know it yet.
async function endSession(page) {
  const ended = await page.evaluate(async () => {
    const who = await (await fetch("/v1/sessies/huidige")).json();
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": who.csrfToken };
    const answer = await fetch("/v1/sessies/huidige/afmelden", { method: "POST", headers, body: "{}" });
    return answer.status;
  });
  assert.equal(ended, 200);
}

await scenario(async (desk) => {
  const page = await desk.signIn("m.dijkstra");
  await page.getByRole("button", { name: "Pak de volgende" }).click();
  await page.locator(".huishouden").waitFor();
  await tab(page, "Notitie");
  const note = page.getByRole("textbox", { name: "Notitie" });

  await note.fill(NOTE);
  await endSession(page);
  await note.pressSequentially(" opent.");
  await page.getByRole("button", { name: "Notitie opslaan" }).click();
  await page.getByRole("dialog", { name: "Meld u opnieuw aan" }).waitFor();
  await judge(page, "sessie-verlopen");
  await signInForm(page, "m.dijkstra");
  await page.locator(".notitie", { hasText: `${NOTE} opent.` }).waitFor();
  assert.equal(await note.inputValue(), "");

  // No connection: the words stay, the screen says so, and later it works.
  await note.fill("Tweede bezoek afgesproken.");
  await page.context().setOffline(true);
  await page.getByText("Geen verbinding. Wat u typt, blijft bewaard.").waitFor();
  await page.getByRole("button", { name: "Notitie opslaan" }).click();
  await notice(page, "Er is geen verbinding.");
  assert.equal(await note.inputValue(), "Tweede bezoek afgesproken.");
  await judge(page, "geen-verbinding");
  await page.context().setOffline(false);
  await page.getByText("Concept bewaard").waitFor();

  // Another device finds the same draft; the first one sends it.
  const url = page.url();
  const phone = await desk.signIn("m.dijkstra");
  await phone.goto(url);
  await phone.locator(".huishouden").waitFor();
  await phone.waitForFunction(
    () => document.querySelector("textarea")?.value === "Tweede bezoek afgesproken.",
  );
  await page.getByRole("button", { name: "Notitie opslaan" }).click();
  await page.locator(".notitie", { hasText: "Tweede bezoek afgesproken." }).waitFor();
});
