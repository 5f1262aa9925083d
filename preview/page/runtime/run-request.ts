import {
  DataTopic,
  LoadingState,
  type DataFrame,
  type DataQueryRequest,
  type DataSourceApi,
  type PanelData,
} from "@grafana/data";
import { catchError, from, map, of, startWith, type Observable } from "rxjs";

/** Runs a panel's queries: first that it waits, then what was answered. */
export function runRequest(dataSource: DataSourceApi, request: DataQueryRequest): Observable<PanelData> {
  const waiting: PanelData = { state: LoadingState.Loading, series: [], request, timeRange: request.range };
  return from(dataSource.query(request)).pipe(
    map(({ data, errors }): PanelData => {
      const frames = data as DataFrame[];
      const isMark = (frame: DataFrame) => frame.meta?.dataTopic === DataTopic.Annotations;
      return {
        ...waiting,
        state: errors?.length ? LoadingState.Error : LoadingState.Done,
        series: frames.filter((frame) => !isMark(frame)),
        annotations: frames.filter(isMark),
        ...(errors?.length && { errors, error: errors[0] }),
      };
    }),
    catchError((error: unknown) => {
      const said = { message: error instanceof Error ? error.message : String(error) };
      return of({ ...waiting, state: LoadingState.Error, error: said, errors: [said] });
    }),
    startWith(waiting),
  );
}
