import { BENEFITS, GROUPS, PARTIES, type Task } from "../schema";

/** What a file says of an item; null leaves what stands, "none" takes a condition away. */
export type ListedItem = {
  title: string;
  group: string;
  party: string;
  person: string | null;
  dueOn: string | null;
  days: number | null;
  condition: string | null;
};

const one = <T extends string>(all: readonly T[], given: string | null): T | null =>
  all.find((each) => each === given) ?? null;

/** The item as the file has it, over what stands. */
export function listedTask(row: ListedItem, stands: Task | null): Task {
  const { title, group, party, person, dueOn, days, condition } = row;
  return {
    title: stands?.title ?? title,
    group: one(GROUPS, group) ?? stands?.group ?? "deliverables",
    party: one(PARTIES, party) ?? stands?.party ?? "counsel",
    person: person ?? stands?.person ?? "",
    dueOn: dueOn ?? stands?.dueOn ?? null,
    days: days ?? stands?.days ?? null,
    condition: condition === null ? (stands?.condition ?? null) : one(BENEFITS, condition),
  };
}

/** "Board resolution; Shareholder approval": the titles of a cell; "none" is none. */
export const namesOf = (text: string): string[] =>
  text.toLowerCase() === "none"
    ? []
    : text
        .split(/[;\n]/)
        .map((name) => name.trim())
        .filter(Boolean);
