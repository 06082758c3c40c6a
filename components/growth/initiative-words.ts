import type { LevelName } from "@/components/ui/level";
import type { InitiativeStatus } from "@/lib/growth/schema/initiatives";

export const STATUS_LEVELS: Readonly<Record<InitiativeStatus, LevelName>> = {
  planned: "unknown",
  running: "healthy",
  paused: "warning",
  stopped: "unknown",
  done: "excellent",
};

export const VERDICTS: Readonly<Record<string, { level: LevelName; word: string }>> = {
  improved: { level: "healthy", word: "improved" },
  worsened: { level: "critical", word: "worsened" },
  "cannot-tell": { level: "unknown", word: "cannot tell" },
};

export const METHOD_WORDS: Readonly<Record<string, string>> = {
  experiment: "Experiment",
  forecast: "Difference to forecast",
  "difference-in-differences": "Against other ventures",
};

/** What a person reads for each refusal: what is wrong and what to do. */
export const INITIATIVE_SENTENCES: Readonly<Record<string, string>> = {
  CONFLICT: "Someone changed this initiative since you opened it. Nothing was saved; reload to see what changed.",
  NO_OWNER: "Nobody answers for it yet. Name an owner first.",
  HAS_ENDED: "It has ended; its plan stays as it was.",
  ALREADY_SO: "It is in this state already. Reload to see who changed it.",
  NOT_STARTED: "It has not been started.",
  SUSPENDED: "Its approval is suspended: a condition does not hold. The memo says which.",
  NO_SUCH_MILESTONE: "This milestone no longer exists. Reload.",
  NO_SUCH_TASK: "This task no longer exists. Reload.",
  NO_SUCH_PERSON: "This person cannot answer for it: the account is disabled or does not see the venture.",
  NO_SUCH_METRIC: "There is no such metric.",
  MILESTONE_HAS_WORK_DONE: "Work for this milestone is done, so it stays in the plan.",
  LAST_MILESTONE: "A plan has at least one milestone.",
  TASK_IS_DONE: "The task is done. Open it again first.",
  TASK_IS_OPEN: "The task is open already.",
  BEFORE_THE_START: "The day lies before the start of the initiative.",
  IN_THE_FUTURE: "The day has not come yet.",
  AFTER_ITS_MILESTONE: "A task cannot be due after its milestone. Move the milestone first.",
  TOO_MANY: "A plan holds at most 20 milestones and 100 tasks.",
  NOTHING_CHANGED: "Nothing is different.",
  NOT_POSITIVE: "Give an amount above zero.",
  TOO_PRECISE: "The currency has no unit as small as that.",
  NOT_A_COMMITMENT: "This entry cannot be closed so.",
  ALREADY_CLOSED: "This entry was paid or taken back already.",
  ANOTHER_ENTRY: "This form was used for another entry. Reload.",
  OVER_BUDGET:
    "That is more than is left of the approved budget. Ask the chairman for a larger one below; nothing was written.",
  FORBIDDEN_BY_POLICY: "The policy does not allow this.",
  INVALID_INPUT: "Something in the form is not right: give a text, an amount such as 1250.50 and a full date.",
  DELIVERED: "It was delivered meanwhile. Reload to see when.",
  TAKEN_BACK: "The decision was taken back, so it is not sent.",
  BUILT_UPON: "Somebody has worked on one of them since; stop those by hand.",
  NOT_APPLIED: "The file was taken back already.",
  NOT_AN_ADDRESS: "This is not a web address.",
  NOT_HTTP: "Only http and https addresses can be called.",
  HAS_CREDENTIALS: "The address must not carry a name or password; the secret signs each call instead.",
  NOT_PUBLIC: "This address is on this machine or a private network. Only public addresses can be called.",
};
