/** What both embedded servers use: certificates, and a proxy in front of them. */
package io.github.prefectgcm.embedded;
