import { Badge } from "@/components/ui/badge";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import type { DocumentView } from "@/lib/documents/queries/documents";
import { formatDay } from "@/lib/format";
import { DocumentBody } from "./document-body";
import { MissingForm } from "./missing-form";
import { RedlineView } from "./redline-view";
import { SendingForm } from "./sending-form";

type DocumentPanelProps = { slug: string; view: DocumentView; may: { edit: boolean; ask: boolean } };

/** One version of a document, with what is missing in it beside it. */
export function DocumentPanel({ slug, view, may }: DocumentPanelProps) {
  const base = `/ventures/${slug}/deal/documents`;
  const { redline, missing, open, state, version, newest } = view;
  const words = {
    draft: "A draft: nothing leaves before the chairman says so.",
    superseded: "A newer version stands.",
  };
  return (
    <div className="grid gap-6 *:min-w-0">
      <PageHeader
        title={view.title}
        lead={`Version ${version} of ${newest}${view.offer ? `, from ${view.offer}` : ""}. Counsel must review it.`}
        trail={<TextLink href={base}>All documents</TextLink>}
        actions={<Downloads view={view} />}
      />
      <div className="grid items-start gap-x-10 gap-y-9 *:min-w-0 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Section title={redline ? "Changes" : "Text"} aside={<Badge>{state}</Badge>}>
          {redline ? (
            <RedlineView redline={redline} from={redline.from} to={version} />
          ) : (
            <DocumentBody model={view.model} figures={view.figures} />
          )}
        </Section>
        <div className="grid gap-9 *:min-w-0">
          {version === newest ? (
            <Section title="Missing">
              {missing.length === 0 ? <p>Nothing is missing.</p> : <MissingForm view={view} mayEdit={may.edit} />}
            </Section>
          ) : null}
          {open.length > 0 ? (
            <Section title="Left open by the offer">
              <p className="text-sm">{open.join(", ")}. No clause was written for what nobody has stated.</p>
            </Section>
          ) : null}
          <Section title="Sending">
            <p className="mb-3 text-sm text-muted">
              {state === "sent" && view.sentOn
                ? `Sent on ${formatDay(view.sentOn)}.`
                : state === "approved to send"
                  ? "The chairman has let this version go, and no other."
                  : words[state === "superseded" ? "superseded" : "draft"]}
            </p>
            <SendingForm key={version} view={view} may={may} />
          </Section>
          <Versions base={base} view={view} />
        </div>
      </div>
    </div>
  );
}

function Downloads({ view: { id, version, title, redline, model } }: { view: DocumentView }) {
  const base = `/api/deal-documents/${id}`;
  const link = (href: string, label: string) => (
    <ButtonLink key={label} href={href} prefetch={false} download aria-label={`${title} as ${label}`}>
      {label}
    </ButtonLink>
  );
  return (
    <span data-print="none" className="flex flex-wrap gap-2">
      {link(`${base}/${version}/docx`, "Word")}
      {link(`${base}/${version}/pdf`, "PDF")}
      {model.blocks.some(({ kind }) => kind === "table") ? link(`${base}/${version}/csv`, "Tables (CSV)") : null}
      {redline ? link(`${base}/redline?from=${redline.from}&to=${version}`, "Tracked changes") : null}
    </span>
  );
}

function Versions({ base, view }: { base: string; view: DocumentView }) {
  const at = `${base}/${view.id}`;
  return (
    <Section title="Versions">
      <ul className="grid gap-2 text-sm">
        {view.versions.toReversed().map(({ version, state, at: written, byName, template }) => (
          <li key={version} className="border-b border-line pb-2">
            <TextLink href={`${at}?version=${version}`} aria-current={version === view.version ? "page" : undefined}>
              Version {version}
            </TextLink>{" "}
            <Badge>{state}</Badge>
            <span className="block text-muted">
              {formatDay(written.slice(0, 10))}, {byName}; {template}
            </span>
            {version > 1 ? (
              <TextLink href={`${at}?version=${version}&since=${version - 1}`}>
                Changes since version {version - 1}
              </TextLink>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="mt-2 text-sm wrap-anywhere text-muted">Made from facts {view.digest.slice(0, 16)}</p>
    </Section>
  );
}
