import { expect, test } from "vitest";
import { searchVentures } from "./venture-search";

const VENTURES = [
  { slug: "northwind", name: "Northwind Data", sector: "Data" },
  { slug: "meridian", name: "Meridian Robotics", sector: "Robotics" },
  { slug: "sao", name: "São Telha", sector: "Construction" },
  { slug: "data-wind", name: "Datawind", sector: "Energy" },
];
const slugs = (query: string, most?: number) => searchVentures(VENTURES, query, most).map((venture) => venture.slug);

test.each([
  ["mer", ["meridian"]],
  ["data", ["data-wind", "northwind"]],
  ["wind", ["data-wind", "northwind"]],
  ["sao", ["sao"]],
  ["rob mer", ["meridian"]],
  ["nothing like it", []],
])("%s finds %j", (query, expected) => expect(slugs(query)).toEqual(expected));

test("an empty search offers the first by name", () => {
  expect(slugs("", 2)).toEqual(["data-wind", "meridian"]);
});
