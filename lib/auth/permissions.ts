/** Roles and what they may do: spec/stage-40, section 1. The only table of authorization. */
export const ROLES = ["chairman", "analyst", "admin", "guest"] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  "venture:read",
  "venture:configure",
  "data:import",
  "data:correct",
  "run:start",
  "run:stop",
  "memo:read",
  "memo:draft",
  "memo:comment",
  "memo:decide",
  // To say that one has seen an alert, to put it off, to mute it.
  "alert:acknowledge",
  // The risk list: owner, likelihood, impact, mitigation.
  "risk:edit",
  // Signals for triggers, answers that came back, handoffs that are sent again; nothing is decided by it.
  "governance:exchange",
  "policy:change",
  "pause:all",
  "figure:read",
  "figure:recompute",
  "report:read",
  "audit:read",
  "audit:verify",
  "people:manage",
  "connector:manage",
  "account:self",
  "tool:call",
  // Plan, tasks, spending and notes of an initiative; to pause, resume or stop one.
  "initiative:edit",
  "initiative:hold",
  // Design, start, counts and decision of an experiment.
  "experiment:run",
  // Scores, evidence and remediation tasks of exit readiness.
  "readiness:score",
  // Index, documents, requests, findings, guests and answers of a data room.
  "data-room:manage",
  // Candidates, tiers and outreach steps; nothing leaves the holding by it.
  "buyer:edit",
  // Inputs, ranges and plans of a valuation, market series and timing.
  "valuation:edit",
  // Bidders, stages that bind nobody, offers, negotiation; what binds or leaves the holding is a memo.
  "deal:edit",
  // Payees, drafts of payments, the bank's statements, tranches and their claims; no money moves by it.
  "payment:prepare",
  // The bank's file, its sending, a payee's release, a tranche's release: with proof of presence, after two approvals.
  "payment:release",
  // To pass on that stage 39 reports a venture mature; the entry gate decides, not who passes it on.
  "stage:trigger",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READER: readonly Permission[] = [
  "venture:read",
  "memo:read",
  "figure:read",
  "figure:recompute",
  "report:read",
  "audit:read",
  "audit:verify",
  "account:self",
  "tool:call",
];

const GRANTED: Readonly<Record<Role, readonly Permission[]>> = {
  chairman: [
    ...READER,
    "initiative:edit",
    "initiative:hold",
    "experiment:run",
    "readiness:score",
    "data-room:manage",
    "buyer:edit",
    "valuation:edit",
    "deal:edit",
    "payment:prepare",
    "payment:release",
    "venture:configure",
    "stage:trigger",
    "memo:comment",
    "memo:decide",
    "alert:acknowledge",
    "risk:edit",
    "governance:exchange",
    "policy:change",
    "pause:all",
    "run:start",
    "run:stop",
    // The first account is a chairman's, and only a chairman makes another one (rules.ts, mayManageRole).
    "people:manage",
  ],
  analyst: [
    ...READER,
    "alert:acknowledge",
    "risk:edit",
    "governance:exchange",
    "initiative:edit",
    "experiment:run",
    "readiness:score",
    "data-room:manage",
    "buyer:edit",
    "valuation:edit",
    "deal:edit",
    "payment:prepare",
    "data:import",
    "data:correct",
    "stage:trigger",
    "run:start",
    "run:stop",
    "memo:draft",
    "memo:comment",
  ],
  admin: ["people:manage", "connector:manage", "audit:read", "audit:verify", "account:self"],
  guest: ["account:self"],
};

export function isPermitted(role: Role, permission: Permission): boolean {
  return GRANTED[role].includes(permission);
}
