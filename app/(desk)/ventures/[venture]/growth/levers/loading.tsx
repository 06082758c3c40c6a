import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function Loading() {
  return (
    <div className="grid gap-9">
      <SkeletonLines lines={5} label="The chosen levers are loading" />
      <SkeletonLines lines={10} label="The levers are loading" />
    </div>
  );
}
