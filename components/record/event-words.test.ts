import { expect, test } from "vitest";
import { EVENT_TOPICS, typesOf } from "@/lib/audit/schema";
import { actorWords, EVENT_SENTENCES, eventWords, subjectWords } from "./event-words";

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

test("every event with a sentence of its own is found under a topic", () => {
  const topics = Object.values(EVENT_TOPICS).flatMap(({ types }) => types);
  const lost = Object.keys(EVENT_SENTENCES).filter(
    (type) => !topics.some((of) => type === of || type.startsWith(`${of}.`)),
  );
  expect(lost).toEqual([]);
});

test.each([
  ["policy", "agents.paused"],
  ["policy", "agent.demoted"],
  ["policy", "policy.set"],
  ["artefact", "artefact.contradiction-explained"],
  ["alert", "alert.raised"],
  ["digest", "digest.set"],
  ["memo", "proposal.forbidden"],
])("topic %s holds %s", (topic, event) => {
  expect(typesOf(topic).some((of) => event === of || event.startsWith(`${of}.`))).toBe(true);
});

test("what is no topic is asked for as it is", () => {
  expect(typesOf("memo.approved")).toEqual(["memo.approved"]);
});

test.each([
  [{ title: "Partner channel", name: "x" }, "Partner channel"],
  [{ fileName: "march.csv" }, "march.csv"],
  [{ title: "  " }, null],
  [{ reason: "Audit of the agents" }, "Audit of the agents"],
  [{ name: "Partner channel", reason: "Late" }, "Partner channel"],
  [null, null],
  ["text", null],
])("%j is about %s", (payload, words) => expect(subjectWords(payload)).toBe(words));
