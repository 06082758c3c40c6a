import { ButtonLink } from "@/components/ui/link";
import { WEEKLY_FORMATS, type WeeklyFormat } from "@/lib/reports/schema/weekly";

const LABELS: Readonly<Record<WeeklyFormat, string>> = { pdf: "PDF", xlsx: "Excel", md: "Markdown", csv: "CSV" };

/** One revision as a file, in each of its formats. */
export function WeeklyDownloads({ revisionId, of }: { revisionId: string; of: string }) {
  return (
    <span data-print="none" className="inline-flex flex-wrap gap-x-1">
      {WEEKLY_FORMATS.map((format) => (
        <ButtonLink
          key={format}
          href={`/api/weekly/${revisionId}/${format}`}
          prefetch={false}
          download
          variant="bare"
          aria-label={`${of} as ${LABELS[format]}`}
        >
          {LABELS[format]}
        </ButtonLink>
      ))}
    </span>
  );
}
