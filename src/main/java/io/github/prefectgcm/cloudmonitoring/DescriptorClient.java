package io.github.prefectgcm.cloudmonitoring;

import com.google.api.MetricDescriptor;
import com.google.cloud.monitoring.v3.MetricServiceClient;
import com.google.monitoring.v3.ListMetricDescriptorsRequest;
import com.google.monitoring.v3.ListMetricDescriptorsResponse;
import io.github.prefectgcm.descriptor.Descriptor;
import io.github.prefectgcm.descriptor.Timing;
import io.github.prefectgcm.metric.Metric;
import io.github.prefectgcm.metric.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and writes metric descriptors. */
record DescriptorClient(
    MetricServiceClient client, RpcCalls calls, Requests requests, RpcFailureMessages diagnosis) {

  Map<String, Descriptor> declared() throws StoreException {
    var declared = new LinkedHashMap<String, Descriptor>();
    String token = "";
    do {
      ListMetricDescriptorsResponse page = page(requests.descriptors(token));
      for (MetricDescriptor proto : page.getMetricDescriptorsList()) {
        requests
            .metricName(proto.getType())
            .ifPresent(name -> declared.put(name, DescriptorProtos.read(proto)));
      }
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return declared;
  }

  void declare(Metric metric, Timing timing) throws StoreException {
    try {
      calls.call(client.createMetricDescriptorCallable(), requests.descriptor(metric, timing));
    } catch (RpcException e) {
      throw diagnosis.explain(Access.DECLARE, e.fault());
    }
  }

  private ListMetricDescriptorsResponse page(ListMetricDescriptorsRequest request)
      throws StoreException {
    try {
      return calls.call(client.listMetricDescriptorsCallable(), request);
    } catch (RpcException e) {
      throw diagnosis.explain(Access.LOOK_UP, e.fault());
    }
  }
}
