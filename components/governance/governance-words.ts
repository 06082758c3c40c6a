import type { DeliveryState } from "@/lib/governance/queries";
import type { SignalKind } from "@/lib/governance/schema";

export const SIGNAL_WORDS: Readonly<Record<SignalKind, string>> = {
  inquiry: "An inquiry came in",
  regulation: "A regulation",
  consolidation: "A consolidation",
};

export const STATE_WORDS: Readonly<Record<DeliveryState, string>> = {
  delivered: "delivered",
  waiting: "on its way",
  retrying: "not taken yet, tried again",
  dead: "given up",
};

export const GOVERNANCE_REFUSALS: Readonly<Record<string, string>> = {
  NOT_JSON: "This is no JSON document. Nothing was kept.",
  NOT_VALID: "The document is not as the schema asks. Nothing was kept.",
  UNKNOWN_HANDOFF: "It answers a handoff that there is not, or that you may not see. Nothing was kept.",
  ANOTHER_CONTENT: "A document with this id is here already, with another content. Nothing was kept.",
  IN_FUTURE: "That day has not come.",
  WITHDRAWN: "It was taken back before.",
  CONFLICT: "Someone changed this since you opened it. Nothing was saved; reload to see what changed.",
};
