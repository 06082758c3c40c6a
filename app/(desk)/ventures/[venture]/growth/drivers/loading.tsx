import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function Loading() {
  return (
    <div className="grid gap-9">
      <SkeletonLines lines={8} label="The driver tree is loading" />
      <SkeletonLines lines={10} label="What each driver moves is loading" />
    </div>
  );
}
