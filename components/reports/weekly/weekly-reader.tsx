import { ReportText } from "@/components/agents/report-text";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { formatDay, formatMoment, plural } from "@/lib/format";
import type { WeeklyPage } from "@/lib/reports/queries/weekly/list";
import { weekWords } from "@/lib/reports/rules/weekly/weeks";
import { WeeklyDownloads } from "./weekly-downloads";
import { WeeklyFrontPage } from "./weekly-front";
import { CorrectButton } from "./weekly-order";

type ReaderProps = { page: WeeklyPage; mayWrite: boolean };

export const weeklyHref = (week: string, slug: string): string => `/reports/weekly/${week}/${slug}`;

/** A week's report as it was written: the page that is forwarded, then the appendix; its numbers do not move any more. */
export function WeeklyReader({ page, mayWrite }: ReaderProps) {
  const { document, figures, week, slug, revision, revisions, moved } = page;
  const [newest] = revisions;
  return (
    <article className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-7">
      <Masthead page={page} mayWrite={mayWrite} />
      {revision === 0 ? (
        <Notice level="warning" word="preview">
          The week is not over. This is how it stood when it was written; the week's report comes by itself on Monday.
        </Notice>
      ) : null}
      {newest && newest.revision > revision && revision > 0 ? (
        <Notice word="older revision">
          <TextLink href={weeklyHref(week, slug)}>Revision {newest.revision}</TextLink> corrects it
          {newest.reason ? `: ${newest.reason}` : ""}.
        </Notice>
      ) : null}
      {moved > 0 && revision > 0 ? (
        <Notice word="frozen">
          {plural(moved, "figure")} would come out another way today, or {moved === 1 ? "rests" : "rest"} on data that
          changed since. The report keeps what was written.
        </Notice>
      ) : null}
      <WeeklyFrontPage front={document.front} figures={figures} week={week} endsOn={document.endsOn} />
      <section aria-label="Appendix" className="min-w-0 border-t border-edge pt-5 print:break-before-page">
        <h2 className="headline mb-3 text-lg">Appendix</h2>
        <ReportText blocks={document.appendix} figures={figures} />
      </section>
      <Provenance page={page} />
    </article>
  );
}

function Masthead({ page, mayWrite }: ReaderProps) {
  const { document, week, slug, revision, id, revisionId, before, after } = page;
  const { subject, startsOn, endsOn, writtenAt, timeZone } = document;
  const words = weekWords(week);
  return (
    <header className="border-t-2 border-b border-t-ink border-b-edge py-3">
      <p className="flex flex-wrap gap-x-4 text-sm text-muted" data-print="none">
        <TextLink href="/reports">Reports</TextLink>
        {before ? <TextLink href={weeklyHref(before, slug)}>Week before</TextLink> : null}
        {after ? <TextLink href={weeklyHref(after, slug)}>Week after</TextLink> : null}
      </p>
      <h1 className="headline text-2xl">{subject}</h1>
      <p className="text-sm text-muted">
        {words.charAt(0).toUpperCase() + words.slice(1)}, {formatDay(startsOn, "short")} to {formatDay(endsOn)}.{" "}
        {revision === 0 ? "Preview" : `Revision ${revision}`} of {formatMoment(new Date(writtenAt), timeZone)} (
        {timeZone})
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-x-3" data-print="none">
        <WeeklyDownloads revisionId={revisionId} of={`${subject}, ${words}`} />
        {mayWrite && revision > 0 && page.revisions[0]?.revision === revision ? (
          <CorrectButton
            reportId={id}
            revision={revision}
            title={document.title}
            trigger={<Button variant="bare">Correct</Button>}
          />
        ) : null}
      </p>
    </header>
  );
}

function Provenance({ page }: { page: WeeklyPage }) {
  const { week, slug, revision, revisions, hash, files, document } = page;
  return (
    <Section title="Revisions and seal">
      <ul>
        {revisions.map((one) => (
          <li key={one.id} className="border-b border-line py-1.5 text-sm">
            <TextLink
              href={`${weeklyHref(week, slug)}?revision=${one.revision}`}
              quiet
              aria-current={one.revision === revision ? "page" : undefined}
              className="aria-[current=page]:font-medium"
            >
              {one.revision === 0 ? "Preview" : `Revision ${one.revision}`}
            </TextLink>
            , {formatMoment(new Date(one.writtenAt), document.timeZone)}, by {one.by}
            {one.reason ? `: ${one.reason}` : ""}
            {one.revision > 1 ? (
              <>
                {" "}
                <TextLink href={`${weeklyHref(week, slug)}/changes?revision=${one.revision}`}>What changed</TextLink>
              </>
            ) : null}
          </li>
        ))}
      </ul>
      <dl className="mt-3 grid gap-1 text-sm text-muted">
        <Hash name="Content" hash={hash} />
        {files.map((file) => (
          <Hash key={file.format} name={file.format.toUpperCase()} hash={file.hash} />
        ))}
      </dl>
      <p className="mt-2 text-sm text-muted">
        Bottom line by the {document.writtenBy}, over stored figures. The same revision downloads as the same bytes; the
        audit log holds these hashes.
      </p>
    </Section>
  );
}

function Hash({ name, hash }: { name: string; hash: string }) {
  return (
    <div className="flex flex-wrap gap-x-3">
      <dt className="w-20 shrink-0">{name}</dt>
      <dd className="min-w-0 break-all">SHA-256 {hash}</dd>
    </div>
  );
}
