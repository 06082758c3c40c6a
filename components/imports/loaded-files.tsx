import { Disclosure } from "@/components/ui/disclosure";
import type { ImportSummary } from "@/lib/imports/queries";
import { ImportHistory } from "./import-history";

type LoadedFilesProps = {
  summary: string;
  ventureId: string;
  dataPath: string;
  zone: string;
  imports: readonly ImportSummary[];
};

/** The files of one kind that were loaded, folded away, each to be taken back; nothing before the first. */
export function LoadedFiles({ summary, imports, ...about }: LoadedFilesProps) {
  if (imports.length === 0) return null;
  return (
    <Disclosure summary={summary}>
      <ImportHistory imports={imports} {...about} mayImport />
    </Disclosure>
  );
}
