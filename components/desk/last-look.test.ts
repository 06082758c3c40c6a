import { expect, test } from "vitest";
import { lookAgain, readLook, writeLook } from "./last-look";

const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);

test("looks within half an hour are one visit, and the visit before stays", () => {
  const first = lookAgain(readLook(undefined), at("09:00"));
  const second = lookAgain(first, at("09:20"));
  const third = lookAgain(second, at("09:45"));
  expect(third).toEqual({ previous: null, latest: at("09:45") });
  const nextVisit = lookAgain(third, at("18:02"));
  expect(nextVisit).toEqual({ previous: at("09:45"), latest: at("18:02") });
  expect(lookAgain(nextVisit, at("18:10")).previous).toEqual(at("09:45"));
});

test("a look survives its cookie, and a spoilt cookie is no look", () => {
  const look = { previous: at("09:45"), latest: at("18:02") };
  expect(readLook(writeLook(look))).toEqual(look);
  expect(readLook("tomorrow.-3")).toEqual({ previous: null, latest: null });
});
