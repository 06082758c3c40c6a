import type { ImpedimentKind } from "@/lib/stage/schema/impediments";

export const IMPEDIMENT_SENTENCES = {
  NOT_SELLING: "Value realization (40.3) is not under way.",
  STAGE_NOT_OPEN: "The venture is not in stage 40.",
  NO_SUCH_DEAL: "That bidder is not in the sale any more.",
  NOT_AN_EARN_OUT: "That is no earn-out that still holds something.",
  ALREADY_RECORDED: "It has been recorded already and is open.",
  DATE_IN_FUTURE: "The day lies in the future.",
  BEFORE_IT_BEGAN: "The day lies before it began.",
  LIFTED_ALREADY: "It has been lifted already.",
  CHAIRMAN_ONLY: "Only the chairman says that this is over.",
  CONFLICT: "It went on since you read it. Read it again.",
};

type Words = {
  button: string;
  title: string;
  description: string;
  who: string;
  done: string;
  lift: string;
  liftTitle: string;
  liftDescription: string;
  lifted: string;
};

export const IMPEDIMENT_WORDS: Readonly<Record<ImpedimentKind, Words>> = {
  "regulatory-block": {
    button: "A regulator stands against it",
    title: "A regulator stands against the deal",
    description:
      "The deal cannot close while it stands. The chairman is told at once, and asked to pause 40.3 with a remediation plan.",
    who: "Regulator",
    done: "It is recorded, and the chairman is asked.",
    lift: "Lifted",
    liftTitle: "Was the block lifted?",
    liftDescription: "The clearance is settled on the checklist, and what waited because of it goes on.",
    lifted: "It is lifted.",
  },
  "earn-out-dispute": {
    button: "Record a dispute",
    title: "A dispute about the earn-out",
    description:
      "That tranche is frozen at once; everything else goes on. The chairman is asked whether it stays frozen.",
    who: "Who disputes it",
    done: "It is recorded, and the tranche is frozen.",
    lift: "Settled",
    liftTitle: "Was the dispute settled?",
    liftDescription: "The tranche can be released again on a signed instruction.",
    lifted: "It is settled.",
  },
  "fundamental-issue": {
    button: "Record a fundamental issue",
    title: "A fundamental issue: emergency",
    description:
      "For what would stop any buyer: fraud, a legal ground. Preparation and sale stop at once, and the chairman is asked to go back to stage 39.",
    who: "Who says so",
    done: "It is recorded. Preparation and sale wait.",
    lift: "Cleared",
    liftTitle: "Is the issue cleared up?",
    liftDescription: "What was stopped because of it goes on.",
    lifted: "It is cleared up.",
  },
};
