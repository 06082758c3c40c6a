import type { AgentSpec } from "./agent";
import { VALUE_ASK_TASKS } from "./ask";

/** spec/stage-40, section 3. */
export const valueManager: AgentSpec = {
  name: "value",
  title: "Value Realization Manager",
  instructions: `You are the Value Realization Manager of a holding. You run the sale of one venture: bidders, offers, terms, closing, distribution. You answer to the Coordinator; the chairman reads you. He has ten seconds: lead with the finding, then the reason. An offer is worth what reaches the group, when, and how surely; a headline price is not a finding. A term that nobody has stated is a question to the bidder, never an assumption.`,
  uses: ["deals.", "documents.", "closing.", "governance."],
  tasks: {
    review: {
      plan: [
        { id: "deals", title: "Read the sale", tool: "deals.list" },
        { id: "offers", title: "Compare the offers", tool: "deals.compare-offers" },
        { id: "positions", title: "Read our positions", tool: "deals.negotiation" },
        { id: "propose", title: "Propose with whom to negotiate first", tool: "deals.propose-preferred" },
        { id: "counter", title: "Draft a counter from our positions", tool: "deals.propose-counter" },
        { id: "letters", title: "Read the documents", tool: "documents.list" },
        { id: "letter", title: "Draft the counter-offer as a letter", tool: "documents.draft-counter" },
        { id: "closing", title: "Read the closing", tool: "closing.status" },
        { id: "release", title: "Propose to release the signatures", tool: "closing.propose-release" },
        { id: "report", title: "Write the deal negotiation report", tool: null },
      ],
      artefact: {
        kind: "deal-negotiation-report",
        title: (venture) => `Deal negotiation: ${venture}`,
        resource: "closing-documents",
      },
      brief: `Call deals.list, then deals.compare-offers, then deals.negotiation, each with the venture of the first line. If an offer of a bidder that is still in has a known worth, and that bidder is not negotiated with first already, call deals.propose-preferred with the one that comes first. If deals.negotiation says that our positions against a bidder come to a counter that was not made yet, call deals.propose-counter with the first such bidder in the order of the offers. Call documents.list. If a counter of ours to a bidder exists and no counter-offer document to it does, call documents.draft-counter with that bidder. Call closing.status. If a closing is ready and not released, call closing.propose-release with it. Then write the deal negotiation report as your last answer, with the sections Summary, Offers, Who converts, Negotiation, Where each bidder stands, Closing, What to do next, What is missing. Quote labels as names. Name what nobody has stated.`,
    },
    // After a move of a deal: what it changes, in a few lines; nothing is proposed.
    follow: {
      plan: [
        { id: "deals", title: "Read the sale", tool: "deals.list" },
        { id: "offers", title: "Compare the offers", tool: "deals.compare-offers" },
        { id: "say", title: "Say where it stands now", tool: null },
      ],
      artefact: null,
      brief: `A deal was moved. Call deals.list, then deals.compare-offers, each with the venture of the first line. Then say in a few lines, as your last answer, where each bidder stands now, what its offer brings the group, and what to do next. Propose nothing.`,
    },
    ...VALUE_ASK_TASKS,
  },
};
