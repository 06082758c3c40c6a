import { type Field, field } from "./field";

/** A row per item of a closing checklist; an empty cell leaves what stands. */
export const CHECKLIST_FIELDS: readonly Field[] = [
  field("title", "Item", "text", "item|title|task|what|document|description|action", {
    required: true,
    maxLength: 200,
  }),
  field("group", "Group", "choice", "group|section|category|area|workstream", { required: true }),
  field("party", "Responsible party", "choice", "party|responsible|responsible party|owner side|by", {
    required: true,
  }),
  field("person", "Person", "text", "person|name|contact|owner|assignee", { maxLength: 120 }),
  field("dueOn", "Due on", "date", "due|due on|due date|deadline|by when|date"),
  field("days", "Calendar days", "number", "days|calendar days|duration|takes"),
  field(
    "condition",
    "Condition, for whose benefit",
    "choice",
    "condition|condition precedent|cp|benefit|for whose benefit",
  ),
  field("after", "After", "text", "after|waits for|depends on|dependency|dependencies|predecessors", {
    maxLength: 4_000,
  }),
  field("bidder", "Bidder", "text", "bidder|buyer|deal", { maxLength: 160 }),
];
