package io.github.prefectgcm.embedded.monitoring;

import com.google.api.MetricDescriptor;
import com.google.monitoring.v3.CreateMetricDescriptorRequest;
import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.monitoring.v3.DeleteMetricDescriptorRequest;
import com.google.monitoring.v3.GetMetricDescriptorRequest;
import com.google.monitoring.v3.ListMetricDescriptorsRequest;
import com.google.monitoring.v3.ListMetricDescriptorsResponse;
import com.google.monitoring.v3.ListTimeSeriesRequest;
import com.google.monitoring.v3.ListTimeSeriesResponse;
import com.google.monitoring.v3.MetricServiceGrpc;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault.After;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault.Before;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault.Detailed;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault.Partly;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault.Reset;
import io.github.prefectgcm.embedded.monitoring.MonitoringFault.Silence;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.function.Function;

/** Calls as they come in: noted, hit by a fault if one is due, answered. */
final class MonitoringService extends MetricServiceGrpc.MetricServiceImplBase {
  private final EmbeddedCloudMonitoring cloud;
  private final Descriptors descriptors;
  private final WriteRules writes;
  private final Listing listing;

  MonitoringService(
      EmbeddedCloudMonitoring cloud, Descriptors descriptors, WriteRules writes, Listing listing) {
    this.cloud = cloud;
    this.descriptors = descriptors;
    this.writes = writes;
    this.listing = listing;
  }

  @Override
  public void createTimeSeries(CreateTimeSeriesRequest request, StreamObserver<Empty> observer) {
    answer(MonitoringMethod.CREATE_TIME_SERIES, request, observer, this::createTimeSeries);
  }

  @Override
  public void listTimeSeries(
      ListTimeSeriesRequest request, StreamObserver<ListTimeSeriesResponse> observer) {
    answer(MonitoringMethod.LIST_TIME_SERIES, request, observer, this::listTimeSeries);
  }

  @Override
  public void createMetricDescriptor(
      CreateMetricDescriptorRequest request, StreamObserver<MetricDescriptor> observer) {
    answer(MonitoringMethod.CREATE_METRIC_DESCRIPTOR, request, observer, this::createDescriptor);
  }

  @Override
  public void getMetricDescriptor(
      GetMetricDescriptorRequest request, StreamObserver<MetricDescriptor> observer) {
    answer(MonitoringMethod.GET_METRIC_DESCRIPTOR, request, observer, this::getDescriptor);
  }

  @Override
  public void deleteMetricDescriptor(
      DeleteMetricDescriptorRequest request, StreamObserver<Empty> observer) {
    answer(MonitoringMethod.DELETE_METRIC_DESCRIPTOR, request, observer, this::deleteDescriptor);
  }

  @Override
  public void listMetricDescriptors(
      ListMetricDescriptorsRequest request,
      StreamObserver<ListMetricDescriptorsResponse> observer) {
    answer(MonitoringMethod.LIST_METRIC_DESCRIPTORS, request, observer, this::listDescriptors);
  }

  private <Q extends Message, A> void answer(
      MonitoringMethod method, Q request, StreamObserver<A> observer, Function<Q, A> handler) {
    Optional<MonitoringFault> fault = cloud.received(method, request);
    try {
      if (fault.isEmpty()) {
        A answer = locked(handler, request);
        observer.onNext(answer);
        observer.onCompleted();
        return;
      }
      switch (fault.get()) {
        case Before(Status status) -> observer.onError(status.asRuntimeException());
        case Detailed(com.google.rpc.Status status) ->
            observer.onError(StatusProto.toStatusRuntimeException(status));
        case After(Status status) -> {
          apply(handler, request);
          observer.onError(status.asRuntimeException());
        }
        case Partly(int series, Status status) -> {
          apply(handler, first(series, request));
          observer.onError(status.asRuntimeException());
        }
        case Silence(boolean applied) -> {
          if (applied) {
            apply(handler, request);
          }
          cloud.silent();
        }
        case Reset(boolean applied) -> {
          if (applied) {
            apply(handler, request);
          }
          cloud.dropConnections();
          observer.onError(
              Status.UNAVAILABLE.withDescription("Connection reset by peer").asRuntimeException());
        }
      }
    } catch (StatusRuntimeException refused) {
      observer.onError(refused);
    }
  }

  /** As the call would without its fault; nobody hears what was refused. */
  private <Q, A> void apply(Function<Q, A> handler, Q request) {
    try {
      var _ = locked(handler, request);
    } catch (StatusRuntimeException unheard) {
      // The fault's own status is the answer.
    }
  }

  /** One call at a time: what a call sees does not change under it. */
  private synchronized <Q, A> A locked(Function<Q, A> handler, Q request) {
    return handler.apply(request);
  }

  // The request stays of its type: only a write has a part.
  @SuppressWarnings("unchecked")
  private static <Q extends Message> Q first(int series, Q request) {
    if (request instanceof CreateTimeSeriesRequest create) {
      int count = Math.min(series, create.getTimeSeriesCount());
      return (Q)
          create.toBuilder()
              .clearTimeSeries()
              .addAllTimeSeries(create.getTimeSeriesList().subList(0, count))
              .build();
    }
    return request;
  }

  private Empty createTimeSeries(CreateTimeSeriesRequest request) {
    checkProject(request.getName());
    writes.write(request, cloud.now(), cloud.options());
    return Empty.getDefaultInstance();
  }

  private ListTimeSeriesResponse listTimeSeries(ListTimeSeriesRequest request) {
    checkProject(request.getName());
    return listing.list(request, cloud.now(), cloud.options());
  }

  private MetricDescriptor createDescriptor(CreateMetricDescriptorRequest request) {
    checkProject(request.getName());
    return descriptors.create(request.getName(), request.getMetricDescriptor(), cloud.now());
  }

  private MetricDescriptor getDescriptor(GetMetricDescriptorRequest request) {
    String[] parts = request.getName().split("/metricDescriptors/", 2);
    checkProject(parts[0]);
    String type = parts.length == 2 ? parts[1] : "";
    return descriptors
        .find(parts[0], type, cloud.now().minus(cloud.options().descriptorDelay()))
        .map(DescriptorListing::shown)
        .orElseThrow(() -> unknown(request.getName()));
  }

  private Empty deleteDescriptor(DeleteMetricDescriptorRequest request) {
    String[] parts = request.getName().split("/metricDescriptors/", 2);
    checkProject(parts[0]);
    if (parts.length < 2 || !descriptors.remove(parts[0], parts[1])) {
      throw unknown(request.getName());
    }
    return Empty.getDefaultInstance();
  }

  private static StatusRuntimeException unknown(String name) {
    return Status.NOT_FOUND
        .withDescription(
            "Could not find descriptor for metric '%s'."
                .formatted(name.replaceFirst(".*/metricDescriptors/", "")))
        .asRuntimeException();
  }

  private ListMetricDescriptorsResponse listDescriptors(ListMetricDescriptorsRequest request) {
    checkProject(request.getName());
    return new DescriptorListing(descriptors).list(request, cloud.now(), cloud.options());
  }

  private static void checkProject(String name) {
    if (!name.matches("projects/[^/]+")) {
      throw Status.INVALID_ARGUMENT
          .withDescription(
              "Name must begin with 'projects/[PROJECT_ID]', got: '%s'.".formatted(name))
          .asRuntimeException();
    }
  }
}
