package io.github.prefectgcm.embedded.monitoring;

import com.google.monitoring.v3.CreateTimeSeriesRequest;
import com.google.protobuf.Message;
import java.time.Instant;

/**
 * A call as it came in.
 *
 * @param number counts the calls of this method from 1
 * @param at by the server's clock
 */
public record MonitoringCall(MonitoringMethod method, int number, Instant at, Message request) {

  /** How many series the request writes. */
  public int series() {
    return request instanceof CreateTimeSeriesRequest create ? create.getTimeSeriesCount() : 0;
  }

  public int bytes() {
    return request.getSerializedSize();
  }
}
