import { expect, test } from "vitest";
import { createVentureSchema } from "@/lib/ventures/schema";
import { factsOf, factValues, NO_FACTS } from "./fact-values";

const filled = {
  ...NO_FACTS,
  name: " Lumen Health ",
  sector: "Health",
  businessModel: "saas",
  currency: "EUR",
  country: "DE",
  timeZone: "Europe/Berlin",
};
function formOf(values: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

test("what is left empty is unknown and not an empty text", () => {
  expect(createVentureSchema.parse(factsOf(formOf(filled)))).toMatchObject({
    name: "Lumen Health",
    summary: "",
    foundedOn: null,
    maturityScore: null,
    maturityAssessedOn: null,
  });
});

test.each([
  ["87.5", 87.5],
  ["87,5", 87.5],
  [" 0 ", 0],
])("the score %j is %d", (typed, score) => {
  expect(factsOf(formOf({ ...filled, maturityScore: typed })).maturityScore).toBe(score);
});

test.each([
  ["maturityScore", "many", "from 0 to 100"],
  ["maturityScore", "101", "from 0 to 100"],
  ["name", " ", "a name"],
  ["businessModel", "", "one of the four business models"],
  ["timeZone", "Europe/Atlantis", "a time zone such as Europe/Berlin"],
  ["foundedOn", "2018-02-30", "a day"],
])("%s %j is refused at its field", (name, typed, expected) => {
  const outcome = createVentureSchema.safeParse(factsOf(formOf({ ...filled, [name]: typed })));
  expect(outcome.error?.issues.map(({ path, message }) => [path.join("."), message])).toEqual([[name, expected]]);
});

test("a stored venture comes back as it was typed", () => {
  const stored = { ...filled, name: "Lumen Health", maturityScore: "88", maturityAssessedOn: null };
  expect(factValues(stored)).toMatchObject({ maturityScore: "88", maturityAssessedOn: "", currency: "EUR" });
});
