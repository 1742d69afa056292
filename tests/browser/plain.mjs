// Without any script: the main act of the walk by plain POST.
import { PASSWORD, context, has, nextCode, ok, pdf, same, test } from "./lib.mjs";

test("without script: log in, call, person, checklist, judgement, routing", async () => {
	const c = await context({ context: { javaScriptEnabled: false } });
	const page = await c.newPage();
	await page.goto("/login");
	await page.fill("#f-login", "social");
	await page.fill("#f-password", PASSWORD);
	await page.click("main button.main");
	await page.fill("#f-code", nextCode("social"));
	await page.click("main button.main");
	await page.waitForURL((u) => u.pathname === "/");

	await page.goto("/consults/new");
	await page.fill("#f-find", "むすくりぷと");
	await page.click('button[formaction="/consults/find"]');
	await page.locator('input[name="person"][value="new"]').check();
	await page.selectOption("#f-source", { index: 1 });
	await page.fill("#f-content", "台本のない画面で受けた相談");
	await page.locator('input[name="classes"]').first().check();
	await page.click(".bar button.main");
	await page.waitForURL("**/persons/new?consult=**");
	await page.fill("#f-name", "無台 本子");
	await page.fill("#f-kana", "ムダイ モトコ");
	await page.fill("#f-birth", "S14.4.1");
	await page.fill("#f-home_address", "つなぎ県つなぎ市青葉町9-9");
	await page.click(".bar button.main");
	await page.waitForURL(/\/consults\/[0-9a-z]{26}/);
	has(await page.textContent("main"), "台本のない画面で受けた相談", "the consultation");

	await page.click('a[href*="/checklists/new"]');
	for (let i = 1; i <= 25; i++) {
		const box = page.locator(`input[name="kcl${String(i).padStart(2, "0")}"]`);
		if (await box.count()) await box.nth(i % 2).check();
	}
	await page.fill('input[name="height_cm"]', "150");
	await page.fill('input[name="weight_kg"]', "38");
	await page.click(".bar button.main");
	await page.waitForURL(/\/responses\/[0-9a-z]{26}/);
	has(await page.textContent("main"), "該当", "the judgement");
	has(await pdf(page, await page.locator('a[href$="/pdf"]').getAttribute("href"), "plain"), "本子", "the PDF");

	await page.click('a[href*="/routings/new"]');
	const routes = await page.locator("#f-route option").evaluateAll((o) => o.map((x) => x.value).filter(Boolean));
	ok(routes.length > 3, "routes to choose from");
	await page.selectOption("#f-route", routes[0]);
	await page.fill("#f-override_reason", "台本のない画面からの試し");
	await page.click(".bar button.main");
	await page.waitForURL(/\/routings\/[0-9a-z]{26}/);
	has(await page.textContent("main"), "台本のない画面からの試し", "the routing");

	// faults come back with everything typed
	await page.goto("/consults/new");
	await page.fill("#f-caller_name", "残る 名前");
	await page.click(".bar button.main");
	same(await page.inputValue("#f-caller_name"), "残る 名前", "the field after a fault");
});
