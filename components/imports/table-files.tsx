import { Disclosure } from "@/components/ui/disclosure";
import type { ImportSummary } from "@/lib/imports/queries";
import type { VentureKind } from "@/lib/imports/schema";
import { LoadedFiles } from "./loaded-files";
import type { KnownSource } from "./source-fields";
import { UploadForm } from "./upload-form";

/** What was loaded before of one kind, for whoever may load more. */
export type Files = { imports: readonly ImportSummary[]; sources: readonly KnownSource[]; zone: string };

type TableFilesProps = {
  kind: VentureKind;
  summary: string;
  files: Files;
  venture: { id: string; slug: string };
};

/** A file beside the table that it fills: upload, and what was loaded, each to be taken back. */
export function TableFiles({ kind, summary, files: { imports, sources, zone }, venture }: TableFilesProps) {
  const dataPath = `/ventures/${venture.slug}/data`;
  return (
    <div className="mt-4">
      <Disclosure summary={summary}>
        <UploadForm ventureId={venture.id} kinds={[kind]} {...{ dataPath, sources }} />
      </Disclosure>
      <LoadedFiles summary="Files that were loaded" ventureId={venture.id} imports={imports} {...{ dataPath, zone }} />
    </div>
  );
}
