import { ButtonLink } from "@/components/ui/link";
import type { DocumentFormat } from "@/lib/reports/schema";
import type { WeeklyFormat } from "@/lib/reports/schema/weekly";

type Format = DocumentFormat | WeeklyFormat;
const LABELS: Readonly<Record<Format, string>> = { pdf: "PDF", xlsx: "Excel", md: "Markdown", csv: "CSV" };

type FileLinksProps = { path: string; formats: readonly Format[]; of: string };

/** One version as a file, in each of its formats, each below the path. */
export function FileLinks({ path, formats, of }: FileLinksProps) {
  return (
    <span data-print="none" className="inline-flex flex-wrap gap-x-1">
      {formats.map((format) => (
        <ButtonLink
          key={format}
          href={`${path}/${format}`}
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
