import { ReportText } from "@/components/agents/report-text";
import { DownloadLinks } from "@/components/reports/download-links";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { ReportView } from "@/lib/agents/queries/artefacts";
import { formatMoment, plural } from "@/lib/format";

/** The report as it was written; its figures say themselves when they are no longer true. */
export function LatestReport({ report, zone, empty }: { report: ReportView | null; zone: string; empty?: string }) {
  if (!report) {
    return (
      <EmptyState title="No report yet">
        {empty ??
          "The growth lever analysis appears here: what the figures say, the levers in order, and what is recommended."}
      </EmptyState>
    );
  }
  const stale = Object.values(report.figures).filter((figure) => figure.stale).length;
  return (
    <article className="grid gap-4">
      <header>
        <h2 className="headline text-xl">{report.title}</h2>
        <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm text-muted">
          <span>
            Version {report.version}, {formatMoment(report.createdAt, zone)}, by the {report.model}
          </span>
          <DownloadLinks
            artefactId={report.id}
            of={`${report.title}, version ${report.version},`}
            held={report.held}
            why={report.href}
          />
        </p>
      </header>
      {report.held ? (
        <Notice level="critical" word="not released">
          It says something else than another report, or than its figures say now.{" "}
          <TextLink href={report.href}>See both values</TextLink>
        </Notice>
      ) : null}
      {stale > 0 && !report.held ? (
        <Notice level="warning" word="stale">
          {plural(stale, "figure")} of this report changed since it was written. Run the analysis again for a new
          version.
        </Notice>
      ) : null}
      {report.held ? (
        <Disclosure summary="The text as it stands, not released">
          <ReportText blocks={report.blocks} figures={report.figures} />
        </Disclosure>
      ) : (
        <ReportText blocks={report.blocks} figures={report.figures} />
      )}
    </article>
  );
}
