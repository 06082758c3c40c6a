import { canonicalJson } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { figureReference } from "@/lib/figures/schema";
import { dayWords } from "@/lib/metrics/rules/periods";
import type { ReportBlock } from "@/lib/reports/schema";
import { CRITERION_GROUPS, type CriterionId, GROUP_LABELS, groupOf } from "../schema/run";

/** A figure as the certificate quotes it: the stored revision, with what proves it. */
export type CertifiedFigure = Pick<Figure, "id" | "label" | "value" | "unit" | "asOf" | "method" | "formula"> & {
  revision: number;
};
export type CertifiedLine = {
  id: CriterionId;
  label: string;
  rule: string;
  met: boolean;
  found: string[];
  evidence: CertifiedFigure[];
  override: { reason: string; by: string; at: string } | null;
};

export type Certificate = {
  format: "chairman.stage-40-certificate";
  version: 1;
  certificateId: string;
  venture: { id: string; slug: string; name: string; country: string; currency: string };
  stage: { life: number; enteredOn: string; exitedOn: string; takenOver: boolean };
  issuedBy: string;
  issuedAt: string;
  statement: string;
  criteria: CertifiedLine[];
  /** Decisions of people that the exit rests on. */
  decisions: { memoId: string; title: string; decided: string; by: string; at: string }[];
  /** The end of the venture's record when this was written: its hash holds every event before it. */
  record: { events: number; hash: string };
};

/** What is said on top: that the gate is met, or that the chairman let lines of it pass. */
export function statementOf(venture: string, lines: readonly Pick<CertifiedLine, "id" | "met">[]): string {
  const passed = lines.filter(({ id, met }) => groupOf(id) === "exit" && !met).length;
  const done = `${venture} has completed Stage 40 (Venture Active).`;
  if (passed === 0) return `${done} Every line of the exit gate is met by stored facts.`;
  const counted = passed === 1 ? "One line" : `${passed} lines`;
  return `${done} ${counted} of the exit gate ${passed === 1 ? "was" : "were"} let pass by the chairman, for the reasons given below.`;
}

export const isOverridden = (lines: readonly Pick<CertifiedLine, "override">[]): boolean =>
  lines.some(({ override }) => override !== null);

type Signature = { keyId: string; value: string };

/** What is signed: the canonical text of the certificate. */
export const signedText = (certificate: Certificate): string => canonicalJson(certificate);

/** The file: the certificate and its signature in one canonical text, so that no byte can differ unseen. */
export const certificateFile = (certificate: Certificate, { keyId, value }: Signature): string =>
  canonicalJson({ certificate, signature: { algorithm: "Ed25519", keyId, value } });

/** After the end of a PDF file, where a reader does not look: the signature of every byte before. */
export const pdfTrailer = ({ keyId, value }: Signature): string => `\n%Chairman-Signature Ed25519 ${keyId} ${value}\n`;

const verdictOf = ({ met, override }: CertifiedLine): string => (met ? "met" : override ? "let pass" : "not met");

function linesTable(title: string, lines: readonly CertifiedLine[]): ReportBlock {
  return {
    kind: "table",
    caption: title,
    columns: ["Line", "Asked for", "Stands", "Evidence"].map((label) => ({ label, numeric: false })),
    rows: lines.map((line) => [
      line.label,
      line.rule,
      verdictOf(line),
      line.evidence.map(({ id, label }) => `${label}: ${figureReference(id)}`).join("; "),
    ]),
  };
}

const overrideText = ({ label, found, override }: CertifiedLine): string[] =>
  override
    ? [
        `${label}: let pass by ${override.by} on ${dayWords(override.at.slice(0, 10))}. ${override.reason} The facts said: ${found.join(" ")}`,
      ]
    : [];

/** The certificate as it is printed. */
export function certificateBlocks(certificate: Certificate): ReportBlock[] {
  const { statement, stage, criteria, decisions, issuedBy, issuedAt, certificateId, record } = certificate;
  const overrides = criteria.flatMap(overrideText);
  const groups = CRITERION_GROUPS.toReversed().flatMap((group): ReportBlock[] => {
    const lines = criteria.filter(({ id }) => groupOf(id) === group);
    return lines.length === 0
      ? []
      : [{ kind: "heading", level: 2, text: GROUP_LABELS[group] }, linesTable(GROUP_LABELS[group], lines)];
  });
  const said = decisions.map(
    ({ title, decided, by, at }) => `${title}: ${decided} by ${by} on ${dayWords(at.slice(0, 10))}`,
  );
  return [
    { kind: "paragraph", text: statement },
    {
      kind: "list",
      ordered: false,
      items: [
        `Entered Stage 40 on ${dayWords(stage.enteredOn)}${stage.takenOver ? ", before this house kept its record" : ""}`,
        `Exited on ${dayWords(stage.exitedOn)}`,
        `Issued by the ${issuedBy} on ${dayWords(issuedAt.slice(0, 10))}`,
      ],
    },
    ...(overrides.length > 0
      ? ([
          { kind: "heading", level: 2, text: "Let pass by the chairman" },
          { kind: "list", ordered: false, items: overrides },
        ] as ReportBlock[])
      : []),
    ...groups,
    ...(said.length > 0
      ? ([
          { kind: "heading", level: 2, text: "Decisions" },
          { kind: "list", ordered: false, items: said },
        ] as ReportBlock[])
      : []),
    { kind: "heading", level: 2, text: "How to check it" },
    {
      kind: "paragraph",
      text: "The last line of this file is an Ed25519 signature of every byte before it. Whoever has the public key of the house can check it; the JSON file of the same certificate is signed with the same key.",
    },
    {
      kind: "list",
      ordered: false,
      items: [`Certificate ${certificateId}`, `End of the record: event with hash ${record.hash}`],
    },
  ];
}
