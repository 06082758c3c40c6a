import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { TemplateView } from "@/lib/documents/queries/templates";
import { CONDITIONS, FIELDS, LISTS } from "@/lib/documents/rules/dictionary";
import { HOUSE_TEMPLATES } from "@/lib/documents/rules/house";
import { DOCUMENT_KINDS, KIND_NAMES } from "@/lib/documents/schema";
import { formatDay } from "@/lib/format";
import { TemplateUpload } from "./template-upload";

type TemplatesPanelProps = { slug: string; templates: readonly TemplateView[]; mayEdit: boolean };

/** What documents are written from: each kind with its versions, and what a template may ask for. */
export function TemplatesPanel({ slug, templates, mayEdit }: TemplatesPanelProps) {
  return (
    <div className="grid gap-9 *:min-w-0">
      <PageHeader
        title="Templates"
        lead="They belong to the house and serve every venture. Counsel must review them."
        trail={<TextLink href={`/ventures/${slug}/deal/documents`}>All documents</TextLink>}
      />
      <Table caption="Templates">
        <TableHead>
          <TableHeadCell>Document</TableHeadCell>
          <TableHeadCell numeric>Version</TableHeadCell>
          <TableHeadCell>From</TableHeadCell>
          <TableHeadCell>Kept</TableHeadCell>
        </TableHead>
        <TableBody>
          {DOCUMENT_KINDS.flatMap((kind) => {
            const own = templates.filter((one) => one.kind === kind);
            const name = <TableRowHead>{KIND_NAMES[kind]}</TableRowHead>;
            if (own.length === 0)
              return [
                <TableRow key={kind}>
                  {name}
                  <TableCell numeric>1</TableCell>
                  <TableCell>the house</TableCell>
                  <TableCell className="text-muted">stored when it is first used</TableCell>
                </TableRow>,
              ];
            return own.map((one) => (
              <TableRow key={one.id}>
                {name}
                <TableCell numeric>{one.version}</TableCell>
                <TableCell>{one.source === "house" ? "the house" : one.fileName}</TableCell>
                <TableCell className="text-muted">
                  {formatDay(one.at.slice(0, 10))}, {one.byName}
                  {one.note ? `: ${one.note}` : ""}
                </TableCell>
              </TableRow>
            ));
          })}
        </TableBody>
      </Table>
      {mayEdit ? (
        <Section title="Bring your own">
          <TemplateUpload />
        </Section>
      ) : null}
      <Section title="What a template may ask for">
        <Disclosure summary="Fields, conditions and lists">
          <Dictionary />
        </Disclosure>
        {DOCUMENT_KINDS.map((kind) => (
          <Disclosure key={kind} summary={`${KIND_NAMES[kind]}, as the house wrote it`}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
            <pre tabIndex={0} className="overflow-x-auto text-sm whitespace-pre-wrap wrap-anywhere">
              {HOUSE_TEMPLATES[kind].trim()}
            </pre>
          </Disclosure>
        ))}
      </Section>
    </div>
  );
}

function Dictionary() {
  const line = (code: string, label: string) => (
    <li key={code} className="wrap-anywhere">
      <code>{code}</code> <span className="text-muted">{label}</span>
    </li>
  );
  return (
    <ul className="grid gap-x-8 gap-y-1 text-sm sm:grid-cols-2">
      {FIELDS.map(({ key, label }) => line(`{{${key}}}`, label))}
      {Object.entries(CONDITIONS).map(([key, label]) => line(`{{#if ${key}}} … {{/if}}`, label))}
      {Object.entries(LISTS).map(([key, { label, columns }]) =>
        line(`{{#each ${key}}} … {{/each}}`, `${label}: ${columns.map((one) => `{{${one.key}}}`).join(", ")}`),
      )}
    </ul>
  );
}
