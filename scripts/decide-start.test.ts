import { expect, test } from "vitest";
import { decideStart, type Running, type Situation } from "./decide-start.mjs";

const running = (more: Partial<Running> = {}): Running => ({
  ...{ pid: 41, address: "http://127.0.0.1:3000", dist: ".next", data: "/here/.data", state: "serving" },
  ...more,
});
const alone: Situation = { holder: null, others: [], dist: ".next", installed: true, current: true };

test.each<[string, Partial<Situation>, string]>([
  ["alone, everything current", {}, "serve"],
  ["alone, sources changed", { current: false }, "build"],
  ["alone, nothing installed", { installed: false, current: false }, "build"],
  ["the same data folder is in use", { holder: running() }, "leave"],
  ["the same data folder is in use, sources changed", { holder: running(), current: false, installed: false }, "leave"],
  ["another serves the same build", { others: [running()] }, "serve"],
  ["another serves the build that would be replaced", { others: [running()], current: false }, "refuse"],
  ["another still starts", { others: [running({ state: "starting" })], current: false }, "build"],
  ["another serves a build of its own", { others: [running({ dist: ".next-two" })], current: false }, "build"],
  ["another runs, dependencies changed", { others: [running({ dist: ".next-two" })], installed: false }, "refuse"],
])("%s: %s", (_, situation, expected) => {
  expect(decideStart({ ...alone, ...situation }).do).toBe(expected);
});

test("says where it runs, and how to have a second one", () => {
  const decision = decideStart({ ...alone, holder: running({ address: "http://127.0.0.1:4700" }) });
  expect(decision).toMatchObject({
    sentence: expect.stringContaining("Chairman already runs here: http://127.0.0.1:4700"),
  });
  expect(decision).toMatchObject({ sentence: expect.stringContaining("DATA_DIR=") });
});

test("says what to stop, and that nothing was touched", () => {
  const decision = decideStart({ ...alone, others: [running()], current: false });
  expect(decision).toMatchObject({ sentence: expect.stringMatching(/left alone: stop it first \(process 41\)/) });
});
