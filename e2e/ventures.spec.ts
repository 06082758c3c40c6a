import { expect, expectAccessible, expectNoSidewaysScroll, signIn, test } from "./fixtures";

test("the chairman adds a venture, sets how it is led, puts it away and brings it back", async ({ page }) => {
  const name = `Aurora ${Date.now()}`;
  await signIn(page, "chairman");
  await page.goto("/ventures");
  await page.getByRole("link", { name: "New venture" }).click();
  await page.getByRole("button", { name: "Add the venture" }).click();
  await expect(page.getByText("Needed: a name.")).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Sector").fill("Software");
  await page.getByLabel("Business model").selectOption("saas");
  await page.getByLabel("Currency").selectOption("EUR");
  await page.getByLabel("Country").selectOption("DE");
  await page.getByLabel("Time zone").selectOption("Europe/Berlin");
  await page.getByLabel("Short name").fill("meridian-robotics");
  await page.getByRole("button", { name: "Add the venture" }).click();
  await expect(page.getByText("Another venture has this short name already.")).toBeVisible();
  const slug = name.toLowerCase().replace(" ", "-");
  await page.getByLabel("Short name").fill(slug);
  await page.getByRole("button", { name: "Add the venture" }).click();
  await expect(page).toHaveURL(new RegExp(`/ventures/${slug}/data$`));
  await expect(page.getByText("Nothing imported yet")).toBeVisible();

  await page.goto(`/ventures/${slug}/settings`);
  await page.getByLabel("Escrow").fill("50");
  await page.getByRole("button", { name: "Save how it is led" }).click();
  await expect(page.getByText("Escrow: from 5 to 20 % of proceeds")).toBeVisible();
  await page.getByLabel("Escrow").fill("15");
  await page.getByRole("button", { name: "Save how it is led" }).click();
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  await page.setViewportSize({ width: 360, height: 800 });
  await expectNoSidewaysScroll(page);

  await page.getByRole("button", { name: "Archive this venture" }).click();
  await page.getByLabel("Reason").fill("added for a test");
  await page.getByRole("button", { name: `Archive ${name}` }).click();
  await expect(page).toHaveURL(/\/ventures$/);
  await expect(page.getByRole("link", { name })).toHaveCount(0);
  await page.getByText("archived venture").click();
  await page.getByRole("button", { name: `Bring back ${name}` }).click();
  await expect(page.getByRole("link", { name })).toBeVisible();
});

test("an analyst reads how a venture is led and changes nothing", async ({ page }) => {
  await signIn(page, "analyst");
  await page.goto("/ventures/meridian-robotics/settings");
  await expect(page.getByText("Only the chairman changes this")).toBeVisible();
  await expect(page.getByRole("button", { name: /Save|Archive/ })).toHaveCount(0);
  await expectAccessible(page);
  await page.goto("/ventures");
  await expect(page.getByRole("link", { name: "New venture" })).toHaveCount(0);
});
