import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { ArchiveLine } from "@/lib/data-room/queries/archives";
import { formatMoment } from "@/lib/format";

/** Why nothing can be changed here, since when, and where the frozen state is. */
export function FrozenNotice({ archive, path, zone }: { archive: ArchiveLine; path: string; zone: string }) {
  return (
    <div className="mb-6">
      <Notice word="frozen">
        {archive.frozenBy} fixed what the room holds, {formatMoment(new Date(archive.frozenAt), zone)}: {archive.reason}
        . Nothing in it can change until it is opened again.{" "}
        <TextLink href={`${path}/archives`}>The frozen state</TextLink>
      </Notice>
    </div>
  );
}
