import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function Loading() {
  return (
    <div className="grid gap-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <SkeletonLines lines={12} label="Performance and the latest report are loading" />
      <SkeletonLines lines={5} label="The work panel is loading" />
    </div>
  );
}
