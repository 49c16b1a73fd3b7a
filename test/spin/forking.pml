/*
 * A proxy forks an invitation to two devices, both may accept, and the loser is cancelled (RFC 3261 §16.7, §9).
 * The same network as in forking.flow.json, written for spin: its reachable states have to be as many as the worlds
 * that the engine reaches. Messages on one edge arrive as they were sent; every turn of a participant is one step.
 *
 *   spin -a forking.pml && cc -O2 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan
 *
 * With -DN=4 there are more devices, to measure with. Then the engine has more worlds than this has states: it tells
 * messages apart by the numbers in their names also where two losers' releases are on their way in either order.
 */

#ifndef N
#define N 2
#endif

mtype = { INVITE, ALERTING, OK, ACK, CANCEL, CANCELLED, TERMINATED, BYE, RELEASED };

/* States of a call and of a branch. */
mtype = { IDLE, CALLING, PROCEEDING, PRE, EARLY, ACCEPTED, ESTABLISHED, ENDED, SENT, CANCEL_WAIT, CANCELLING, WON };

/* From and to Alice a message says which device it is about. The proxy numbers the ALERTINGs that it passes on, as the
 * engine does in their names; that number is part of what it remembers. */
chan alice_proxy = [2 * N] of { mtype, byte };
chan proxy_alice = [2 * N] of { mtype, byte, byte };
chan proxy_bob[N] = [4] of { mtype };
chan bob_proxy[N] = [4] of { mtype };

/* Only used within one step, so no part of a state. */
hidden byte device, number, j;

active proctype Alice()
{
	mtype call = IDLE;
	byte winner;
end:	do
	:: d_step { call == IDLE -> alice_proxy ! INVITE, 0; call = CALLING }
	:: d_step { proxy_alice ? ALERTING, device, number ->
		if
		:: call == CALLING -> call = PROCEEDING
		:: else
		fi }
	:: d_step { proxy_alice ? OK, device, number ->
		alice_proxy ! ACK, device;
		if
		:: call == PROCEEDING -> call = ESTABLISHED; winner = device
		:: else -> alice_proxy ! BYE, device
		fi }
	:: d_step { proxy_alice ? RELEASED, device, number }
	od
}

mtype branch[N] = IDLE;
bool answered;
byte passed;

/* The proxy, towards Alice. */
active proctype Proxy()
{
end:	do
	:: d_step { alice_proxy ? INVITE, device ->
		for (j : 0 .. N - 1) {
			proxy_bob[j] ! INVITE;
			branch[j] = SENT
		} }
	:: d_step { alice_proxy ? ACK, device -> proxy_bob[device] ! ACK }
	:: d_step { alice_proxy ? BYE, device -> proxy_bob[device] ! BYE }
	od
}

/* The same proxy, towards each device. */
active [N] proctype ProxyBranch()
{
#define to (_pid - 2)
end:	do
	:: d_step { bob_proxy[to] ? ALERTING ->
		if
		:: !answered ->
			branch[to] = PROCEEDING;
			passed++;
			proxy_alice ! ALERTING, to, passed
		:: else ->
			/* A cancellation has waited for it (RFC 3261 §9.1). */
			branch[to] = CANCELLING;
			proxy_bob[to] ! CANCEL
		fi }
	:: d_step { bob_proxy[to] ? OK ->
		proxy_alice ! OK, to, 0;
		branch[to] = WON;
		if
		:: !answered ->
			answered = true;
			for (j : 0 .. N - 1) {
				if
				:: branch[j] == PROCEEDING -> branch[j] = CANCELLING; proxy_bob[j] ! CANCEL
				:: branch[j] == SENT -> branch[j] = CANCEL_WAIT
				:: else
				fi
			}
		:: else
		fi }
	:: d_step { bob_proxy[to] ? CANCELLED }
	:: d_step { bob_proxy[to] ? TERMINATED -> proxy_bob[to] ! ACK; branch[to] = ENDED }
	:: d_step { bob_proxy[to] ? RELEASED -> proxy_alice ! RELEASED, to, 0 }
	od
}

active [N] proctype Bob()
{
	mtype call = IDLE;
#define me (_pid - 2 - N)
end:	do
	:: d_step { proxy_bob[me] ? INVITE -> call = PRE }
	:: d_step { call == PRE -> bob_proxy[me] ! ALERTING; call = EARLY }
	:: d_step { call == EARLY -> bob_proxy[me] ! OK; call = ACCEPTED }
	:: d_step { proxy_bob[me] ? CANCEL ->
		bob_proxy[me] ! CANCELLED;
		if
		:: call == EARLY -> bob_proxy[me] ! TERMINATED; call = ENDED
		:: else
		fi }
	:: d_step { proxy_bob[me] ? ACK ->
		if
		:: call == ACCEPTED -> call = ESTABLISHED
		:: else
		fi }
	:: d_step { proxy_bob[me] ? BYE -> bob_proxy[me] ! RELEASED; call = ENDED }
	od
}
