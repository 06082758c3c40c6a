import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function Loading() {
  return (
    <div className="grid gap-9">
      <SkeletonLines lines={14} label="The measures are being computed" />
      <SkeletonLines lines={8} label="The charts are being drawn" />
    </div>
  );
}
