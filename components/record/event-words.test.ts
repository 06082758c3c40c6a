import { expect, test } from "vitest";
import { actorWords, eventWords, subjectWords } from "./event-words";

test.each([
  ["user:1", "Helena Vartiainen", "Helena Vartiainen"],
  ["user:1", "user:1", "A person"],
  ["agent:growth", null, "Growth agent"],
  ["guest:1", "lee@buyer.example", "lee@buyer.example (guest)"],
  ["guest:1", "guest:1", "A guest"],
  ["system:audit", null, "The system"],
])("%s called %s is %s", (ref, name, words) => expect(actorWords(ref, name)).toBe(words));

test("an event without a sentence of its own is said from its name", () => {
  expect(eventWords("memo.approved")).toBe("approved a memo");
  expect(eventWords("data-room.opened", "data-room:1")).toBe("opened a data room");
  expect(eventWords("data-room.opened", "document:1")).toBe("opened a document of the data room");
  expect(eventWords("pipeline-board.opened")).toBe("opened pipeline board");
});

test.each([
  [{ title: "Partner channel", name: "x" }, "Partner channel"],
  [{ fileName: "march.csv" }, "march.csv"],
  [{ title: "  " }, null],
  [null, null],
  ["text", null],
])("%j is about %s", (payload, words) => expect(subjectWords(payload)).toBe(words));
