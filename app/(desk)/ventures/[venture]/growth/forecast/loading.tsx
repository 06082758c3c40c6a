import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function Loading() {
  return (
    <div className="grid gap-9">
      <SkeletonLines lines={10} label="The forecast is being computed" />
      <SkeletonLines lines={8} label="Its past is being looked up" />
    </div>
  );
}
