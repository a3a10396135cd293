// The first page: what it weighs over the wire, and when it can be used on a throttled phone. The weight is
// asserted; the time is printed, since a busy machine says more of itself than of the page.

import assert from "node:assert/strict";
import { BASE, judge, PHONE, scenario, signInForm } from "./desk.mjs";

const FIRST_PAGE_BYTES_MAX = 200_000;
// Lighthouse's phone: 1.6 Mbit/s down, 150 ms there and back, a processor four times slower.
const MOBILE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const SLOWER = 4;

// A page of a phone that was asked for nothing yet; `sign` is what is there when it can be used.
async function phonePage(page, sign) {
  await page.addInitScript((selector) => {
    const watch = new MutationObserver(() => {
      if (!document.querySelector(selector)) return;
      watch.disconnect();
      // The next frame shows it, and what comes after that frame may be pressed.
      requestAnimationFrame(() => setTimeout(() => (window.usableAfterMs = performance.now())));
    });
    watch.observe(document, { childList: true, subtree: true });
  }, sign);
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await session.send("Network.emulateNetworkConditions", MOBILE);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  return session;
}

async function measured(page, address, sign) {
  const session = await phonePage(page, sign);
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForFunction(() => window.usableAfterMs);
  return { bytes, seconds: (await page.evaluate(() => window.usableAfterMs)) / 1000 };
}

await scenario(async (desk) => {
  const door = await desk.open({ viewport: PHONE });
  const signIn = await measured(door, BASE, "button[type=submit]");
  console.log(`sign-in: ${signIn.bytes} bytes, usable after ${signIn.seconds.toFixed(2)} s`);

  await signInForm(door, "h.bouma");
  await door.locator(".samenvatting").waitFor();
  const page = await door.context().newPage();
  page.complaints = [];
  const today = await measured(page, `${BASE}/?van=team`, ".taak");
  console.log(`today: ${today.bytes} bytes, usable after ${today.seconds.toFixed(2)} s`);
  assert.ok(signIn.bytes > 20_000 && signIn.bytes <= FIRST_PAGE_BYTES_MAX, `${signIn.bytes} bytes`);
  assert.ok(today.bytes > 20_000 && today.bytes <= FIRST_PAGE_BYTES_MAX, `${today.bytes} bytes`);
  await judge(page, "eerste-bladzijde");
});
