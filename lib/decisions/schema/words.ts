import { AGENTS, type AgentName } from "@/lib/agents/schema";
import type { ActionClass } from "../schema";

/** Who proposes, as a person says it. */
export const AGENT_WORDS: Readonly<Record<AgentName, string>> = {
  growth: "The Growth agent",
  exit: "The Exit agent",
  value: "The Value agent",
  coordinator: "The Coordinator",
};

/** The crew by name; null for a person, the policy, and what there is no agent of. */
export const agentNamed = (name: string): AgentName | null => AGENTS.find((known) => known === name) ?? null;
export const CREW: readonly AgentName[] = AGENTS;

/** What is done, after "to" or "may". */
export const ACTION_WORDS: Readonly<Record<ActionClass, string>> = {
  "growth.start-initiative": "start a growth initiative",
  "growth.pause-initiative": "pause a growth initiative",
  "growth.raise-budget": "raise the budget of an initiative",
  "growth.review-strategy": "look at the growth strategy again",
  "exit.open-room": "open a data room to a buyer",
  "exit.approach-buyers": "approach buyers",
  "exit.approve-exit": "approve an exit",
  "exit.start-preparation": "begin exit preparation",
  "exit.score-criterion": "answer a criterion of readiness",
  "exit.return-to-growth": "return from exit preparation to growth",
  "exit.pause-preparation": "pause exit preparation",
  "deal.prefer-bidder": "choose with whom is negotiated first",
  "deal.sign-loi": "sign a letter of intent",
  "deal.sign-agreement": "sign the definitive agreement",
  "deal.send-counter": "send a counter-offer",
  "deal.send-document": "send a document of a sale",
  "deal.delay-exit": "put an exit off",
  "deal.pause-sale": "pause a sale",
  "deal.freeze-tranche": "freeze a disputed tranche",
  "deal.lift-freeze": "lift the freeze of a tranche",
  "stage.regress-to-39": "take a venture back to stage 39",
  "deal.waive-condition": "waive a condition",
  "deal.release-signatures": "release the signatures of a closing",
  "deal.send-status": "send the status of a closing",
  "distribution.issue-statements": "show holders their statements",
  "payments.pay": "pay",
  "policy.promote": "let an agent do something by itself",
};

/** Why no level lets it pass, after "because". */
export const CEILING_WORDS: Readonly<Record<string, string>> = {
  "money-leaves": "money leaves the holding",
  "sent-outside": "something is sent outside the holding",
  signature: "something is signed",
  "exit-approval": "only the chairman lets a venture be sold",
  "regress-to-39": "it is the emergency protocol",
  "policy-change": "only the chairman changes the policy",
  escalation: "the chairman decides it by the rules of the stage",
  irreversible: "it cannot be undone",
};
