import { ButtonLink } from "@/components/ui/link";
import { DOCUMENT_FORMATS, type DocumentFormat } from "@/lib/reports/schema";

const LABELS: Readonly<Record<DocumentFormat, string>> = { pdf: "PDF", md: "Markdown", xlsx: "Excel" };

/** One stored version as a file, in each of its formats. */
export function DownloadLinks({ artefactId, of }: { artefactId: string; of: string }) {
  return (
    <span data-print="none" className="inline-flex flex-wrap gap-x-1">
      {DOCUMENT_FORMATS.map((format) => (
        <ButtonLink
          key={format}
          href={`/api/artefacts/${artefactId}/${format}`}
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
